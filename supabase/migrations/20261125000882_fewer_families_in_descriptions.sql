-- The families again: fewer in descriptions, which are long, and more in titles.

-- The families: how it is written → how it is indexed. Both are lower case, words parted by one space; a later line works
-- on what earlier ones made. An empty right side drops the words.
do $$
declare
  -- In every text: few, since descriptions are long. Two words that become one have to be here.
  everywhere constant text[][] := array[
    ['front end', 'frontend'], ['back end', 'backend'], ['full stack', 'fullstack'], ['dev ops', 'devops'],
    ['node js', 'node'], ['nodejs', 'node'], ['react js', 'react'], ['reactjs', 'react'], ['vue js', 'vue'],
    ['vuejs', 'vue'], ['angular js', 'angular'], ['angularjs', 'angular'], ['next js', 'nextjs'],
    ['js', 'javascript'], ['ts', 'typescript'], ['golang', 'go'], ['k8s', 'kubernetes'], ['postgres', 'postgresql'],
    ['amazon web services', 'aws'], ['google cloud platform', 'gcp'], ['objective c', 'objectivec'],
    ['ml', 'machine learning'], ['gen ai', 'generative ai'], ['ai', 'artificial intelligence'],
    ['nlp', 'natural language processing'], ['large language models', 'llm'], ['llms', 'llm'],
    ['user experience', 'ux'], ['user interface', 'ui']
  ];
  -- In titles and tags, and in what is asked.
  in_titles constant text[][] := array[
    -- How titles are decorated.
    ['m f d', ''], ['f m d', ''], ['m w d', ''], ['w m d', ''], ['d m w', ''], ['m w x', ''], ['m f x', ''],
    ['all genders', ''],
    -- What it is written in.
    ['c sharp', 'csharp'], ['dot net', 'dotnet'], ['java script', 'javascript'], ['type script', 'typescript'],
    ['ror', 'ruby rails'], ['ruby on rails', 'ruby rails'], ['psql', 'postgresql'], ['mongo db', 'mongodb'],
    ['mongo', 'mongodb'], ['py torch', 'pytorch'], ['microsoft azure', 'azure'],
    -- Learning machines and data.
    ['ml ops', 'mlops'], ['machine learning ops', 'mlops'], ['mlops', 'machine learning operations'], ['genai', 'generative artificial intelligence'],
    ['large language model', 'llm'], ['bi', 'business intelligence'], ['data sci', 'data science'],
    ['quants', 'quantitative'], ['quant', 'quantitative'],
    -- Phones and circuits.
    ['i os', 'ios'], ['iphone', 'ios'], ['fpgas', 'fpga'], ['asics', 'asic'], ['iot', 'internet of things'],
    ['r d', 'research development'],
    -- Who writes it.
    ['software development engineer in test', 'sdet'], ['software engineer in test', 'sdet'],
    ['software developer in test', 'sdet'], ['sdets', 'sdet'], ['sdet', 'software engineer in test quality assurance'],
    ['software development engineer', 'software engineer'], ['swe', 'software engineer'], ['sde', 'software engineer'],
    ['developer relations', 'developer advocate'], ['devrel', 'developer advocate'], ['dev rel', 'developer advocate'],
    ['developers', 'engineer'], ['developer', 'engineer'], ['programmers', 'engineer'], ['programmer', 'engineer'],
    ['devs', 'engineer'], ['dev', 'engineer'], ['coder', 'engineer'], ['softwareentwicklerin', 'software engineer'],
    ['softwareentwickler', 'software engineer'], ['entwicklerin', 'engineer'], ['entwickler', 'engineer'],
    ['ingenieurin', 'engineer'], ['ingenieur', 'engineer'], ['développeur', 'engineer'], ['developpeur', 'engineer'],
    ['développeuse', 'engineer'], ['ingénieur', 'engineer'], ['desarrollador', 'engineer'],
    ['sre', 'site reliability engineer'], ['sres', 'site reliability engineer'],
    ['sysadmin', 'system administrator'], ['sys admin', 'system administrator'], ['dba', 'database administrator'],
    ['admin', 'administrator'],
    -- Safety and quality.
    ['cybersecurity', 'cyber security'], ['infosec', 'cyber security'], ['information security', 'cyber security'],
    ['information technology security', 'cyber security'], ['appsec', 'application security'], ['qa', 'quality assurance'],
    ['q a', 'quality assurance'], ['testers', 'test engineer'], ['tester', 'test engineer'],
    -- Who leads, sells, hires and counts.
    ['tpm', 'technical program manager'], ['programme', 'program'], ['mgr', 'manager'], ['hrbp', 'human resources business partner'],
    ['hr', 'human resources'], ['people ops', 'people operations'], ['ops', 'operations'], ['biz dev', 'business development'],
    ['bizdev', 'business development'], ['sdr', 'sales development representative'],
    ['bdr', 'business development representative'], ['csm', 'customer success manager'], ['reps', 'representative'],
    ['rep', 'representative'], ['fp a', 'financial planning analysis'], ['exec', 'executive'], ['asst', 'assistant'],
    ['vp', 'vice president'], ['svp', 'senior vice president'], ['ceo', 'chief executive officer'],
    ['cto', 'chief technology officer'], ['cfo', 'chief financial officer'], ['coo', 'chief operating officer'],
    ['cmo', 'chief marketing officer'], ['ciso', 'chief cyber security officer'], ['rn', 'registered nurse'],
    ['docs writer', 'technical writer'], ['technical author', 'technical writer'], ['instructor', 'teacher'],
    ['web3', 'blockchain'], ['web 3', 'blockchain'],
    -- One spelling of English.
    ['organisation', 'organization'], ['organisational', 'organizational'], ['optimisation', 'optimization'],
    ['visualisation', 'visualization'], ['modelling', 'modeling'], ['labelling', 'labeling'], ['counsellor', 'counselor'], ['labour', 'labor'],
    ['centre', 'center'], ['behaviour', 'behavior'], ['paediatric', 'pediatric'], ['orthopaedic', 'orthopedic'],
    -- How far along: what ranking reads.
    ['entry level', 'junior'], ['new grads', 'junior newgrad'], ['new grad', 'junior newgrad'], ['new graduates', 'junior newgrad'],
    ['new graduate', 'junior newgrad'], ['recent graduate', 'junior newgrad'], ['recent grad', 'junior newgrad'],
    ['university graduate', 'junior newgrad'], ['university grad', 'junior newgrad'], ['college graduate', 'junior newgrad'],
    ['college grad', 'junior newgrad'], ['early career', 'junior newgrad'], ['early careers', 'junior newgrad'], ['early professional', 'junior'],
    ['graduates', 'junior newgrad'], ['graduate', 'junior newgrad'], ['grad', 'junior newgrad'], ['jr', 'junior'],
    ['engineer i', 'engineer junior'], ['engineer 1', 'engineer junior'], ['engineer 0', 'engineer junior'],
    ['analyst i', 'analyst junior'], ['analyst 1', 'analyst junior'], ['scientist i', 'scientist junior'],
    ['scientist 1', 'scientist junior'], ['technician i', 'technician junior'],
    ['internships', 'intern'], ['internship', 'intern'], ['interns', 'intern'], ['co op', 'intern'], ['coop', 'intern'],
    ['placement', 'intern'], ['industrial placement', 'intern'], ['working student', 'intern'], ['werkstudent', 'intern'],
    ['werkstudentin', 'intern'], ['praktikum', 'intern'], ['praktikant', 'intern'],
    ['mid level', 'midlevel'], ['mid senior', 'midlevel'], ['snr', 'senior'], ['sr', 'senior'], ['tech lead', 'lead engineer'],
    ['team lead', 'lead'], ['technical lead', 'lead']
  ];
  made text;
  family text[];
begin
  made := '$1';
  foreach family slice 1 in array everywhere loop
    made := format('replace(%s, %L, %L)', made, ' ' || family[1] || ' ', ' ' || family[2] || ' ');
  end loop;
  execute format(
    'create or replace function public.with_word_families(words text) returns text
     language plpgsql immutable parallel safe set search_path = '''' as $f$ begin return %s; end $f$', made);

  made := '$1';
  foreach family slice 1 in array in_titles loop
    made := format('replace(%s, %L, %L)', made, ' ' || family[1] || ' ',
      case when family[2] = '' then ' ' else ' ' || family[2] || ' ' end);
  end loop;
  execute format(
    'create or replace function public.with_title_families(words text) returns text
     language plpgsql immutable parallel safe set search_path = '''' as $f$ begin return %s; end $f$', made);
end $$;

-- Signs that part words, as spaces: one replace() after the other is many times quicker than translate(). The first are
-- those of running text, the second those of titles and of what is typed.
do $$
declare
  of_text constant text[] := array['.', ',', ';', ':', '/', '(', ')', '!', '?', '-', '"', E'\n'];
  of_titles constant text[] := array['[', ']', '{', '}', '|', '&', '*', '<', '>', '=', '~', '_', '%', '@', '$', '^', '`',
    '''', '’', '“', '”', '«', '»', '–', '—', '·', '•', '…', E'\\', E'\t', E'\r', E'\u00a0'];
  made text := '$1';
  sign text;
begin
  foreach sign in array of_text loop
    made := format('replace(%s, %L, '' '')', made, sign);
  end loop;
  execute format(
    'create or replace function public.without_signs(words text) returns text
     language plpgsql immutable parallel safe set search_path = '''' as $f$ begin return %s; end $f$', made);

  made := '$1';
  foreach sign in array of_titles loop
    made := format('replace(%s, %L, '' '')', made, sign);
  end loop;
  execute format(
    'create or replace function public.without_title_signs(words text) returns text
     language plpgsql immutable parallel safe set search_path = '''' as $f$ begin return %s; end $f$', made);
end $$;

-- Text as it is indexed and searched alike: lower case, one space between words and around them, the families' words.
-- Languages whose names are a letter and signs keep the signs; a dot, a slash or a hyphen parts words ("Node.js" is found
-- by "node" and by "node js"). In plpgsql, which keeps these long expressions ready from one call to the next.
create or replace function public.search_text(words text) returns text
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return public.with_word_families(replace(replace(replace(
    ' ' || public.without_signs(
      replace(replace(replace(replace(lower(words), 'c++', 'cplusplus '), 'c#', 'csharp '), 'f#', 'fsharp '),
        '.net', ' dotnet ')) || ' ',
    '    ', ' '), '  ', ' '), '  ', ' '));
end $$;

-- A title's, a tag's or a question's words: there "IT" is a trade and not a pronoun, and a coder an engineer, but not one
-- of diagnoses.
create or replace function public.title_text(words text) returns text
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return public.with_title_families(replace(
    replace(public.search_text(public.without_title_signs(words)), ' it ', ' information technology '),
    ' medical coder', ' medical coding specialist'));
end $$;

revoke execute on function public.without_title_signs(text) from public, anon, authenticated;
grant execute on function public.without_title_signs(text) to service_role;
