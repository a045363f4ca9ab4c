-- Words that mean the same job are one word, in what is indexed and in what is asked: canonical words on both sides keep
-- the question to the index plain. Short forms are spelled out, so that each of their words can be looked for.

-- The families: how it is written → how it is indexed. Both are lower case, words parted by one space; a later line works
-- on what earlier ones made. An empty right side drops the words.
do $$
declare
  -- In every text.
  everywhere constant text[][] := array[
    -- Where software is written.
    ['front end', 'frontend'], ['back end', 'backend'], ['full stack', 'fullstack'], ['dev ops', 'devops'],
    ['micro services', 'microservices'], ['data base', 'database'], ['big data', 'bigdata'], ['open source', 'opensource'],
    -- What it is written in.
    ['c sharp', 'csharp'], ['objective c', 'objectivec'], ['dot net', 'dotnet'], ['golang', 'go'],
    ['node js', 'node'], ['nodejs', 'node'], ['react js', 'react'], ['reactjs', 'react'], ['vue js', 'vue'],
    ['vuejs', 'vue'], ['angular js', 'angular'], ['angularjs', 'angular'], ['next js', 'nextjs'], ['nuxt js', 'nuxtjs'],
    ['express js', 'express'], ['java script', 'javascript'], ['js', 'javascript'], ['type script', 'typescript'],
    ['ts', 'typescript'], ['ruby on rails', 'ruby rails'], ['ror', 'ruby rails'], ['k8s', 'kubernetes'],
    ['postgres', 'postgresql'], ['psql', 'postgresql'], ['mongo db', 'mongodb'], ['mongo', 'mongodb'],
    ['py torch', 'pytorch'], ['amazon web services', 'aws'], ['google cloud platform', 'gcp'], ['google cloud', 'gcp'],
    ['microsoft azure', 'azure'], ['power bi', 'powerbi'],
    -- Learning machines and data.
    ['ml ops', 'mlops'], ['mlops', 'machine learning operations'], ['ml', 'machine learning'],
    ['gen ai', 'genai'], ['genai', 'generative ai'], ['ai', 'artificial intelligence'],
    ['nlp', 'natural language processing'], ['large language models', 'llm'], ['large language model', 'llm'],
    ['llms', 'llm'], ['bi', 'business intelligence'], ['data sci', 'data science'], ['data scientists', 'data scientist'],
    ['quants', 'quantitative'], ['quant', 'quantitative'],
    -- Phones and circuits.
    ['i os', 'ios'], ['iphone', 'ios'], ['mobile app', 'mobile'], ['fpgas', 'fpga'], ['asics', 'asic'],
    ['iot', 'internet of things'], ['r d', 'research development'],
    -- How it looks.
    ['user experience', 'ux'], ['user interface', 'ui']
  ];
  -- In titles and tags, and in what is asked.
  in_titles constant text[][] := array[
    -- How titles are decorated.
    ['m f d', ''], ['f m d', ''], ['m w d', ''], ['w m d', ''], ['d m w', ''], ['m w x', ''], ['m f x', ''],
    ['all genders', ''],
    -- Who writes it.
    ['software development engineer in test', 'sdet'], ['software engineer in test', 'sdet'],
    ['software developer in test', 'sdet'], ['sdets', 'sdet'], ['sdet', 'software engineer in test quality assurance'],
    ['software development engineer', 'software engineer'], ['swe', 'software engineer'], ['sde', 'software engineer'],
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
    ['docs writer', 'technical writer'],
    -- One spelling of English.
    ['organisation', 'organization'], ['organisational', 'organizational'], ['optimisation', 'optimization'],
    ['visualisation', 'visualization'], ['modelling', 'modeling'], ['counsellor', 'counselor'], ['labour', 'labor'],
    ['centre', 'center'], ['behaviour', 'behavior'], ['paediatric', 'pediatric'], ['orthopaedic', 'orthopedic'],
    -- How far along: what ranking reads.
    ['entry level', 'junior'], ['new grads', 'junior'], ['new grad', 'junior'], ['new graduates', 'junior'],
    ['new graduate', 'junior'], ['recent graduate', 'junior'], ['recent grad', 'junior'],
    ['university graduate', 'junior'], ['university grad', 'junior'], ['college graduate', 'junior'],
    ['college grad', 'junior'], ['early career', 'junior'], ['early careers', 'junior'], ['early professional', 'junior'],
    ['graduates', 'junior'], ['graduate', 'junior'], ['grad', 'junior'], ['jr', 'junior'],
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
    'create function public.with_word_families(words text) returns text
     language plpgsql immutable parallel safe set search_path = '''' as $f$ begin return %s; end $f$', made);

  made := '$1';
  foreach family slice 1 in array in_titles loop
    made := format('replace(%s, %L, %L)', made, ' ' || family[1] || ' ',
      case when family[2] = '' then ' ' else ' ' || family[2] || ' ' end);
  end loop;
  execute format(
    'create function public.with_title_families(words text) returns text
     language plpgsql immutable parallel safe set search_path = '''' as $f$ begin return %s; end $f$', made);
end $$;

-- Signs that part words, as spaces: one after the other, which is many times quicker than translate().
do $$
declare
  signs constant text[] := array['.', ',', ';', ':', '/', '(', ')', '[', ']', '{', '}', '!', '?', '|', '&', '*', '+', '<',
    '>', '=', '~', '_', '%', '@', '#', '"', '''', '’', '“', '”', '«', '»', '-', '–', '—', '·', '•', '…', E'\\', E'\t', E'\r',
    E'\n', E'\u00a0'];
  made text := '$1';
  sign text;
begin
  foreach sign in array signs loop
    made := format('replace(%s, %L, '' '')', made, sign);
  end loop;
  execute format(
    'create function public.without_signs(words text) returns text
     language plpgsql immutable parallel safe set search_path = '''' as $f$ begin return %s; end $f$', made);
end $$;

-- Text as it is indexed and searched alike: lower case, one space between words and around them, the families' words.
-- Languages whose names are a letter and signs keep the signs; a dot, a slash or a hyphen parts words ("Node.js" is found
-- by "node" and by "node js").
-- In plpgsql, which keeps these long expressions ready from one call to the next.
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

-- A title's, a tag's or a question's words: there "IT" is a trade and not a pronoun.
create function public.title_text(words text) returns text
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return public.with_title_families(replace(public.search_text(words), ' it ', ' information technology '));
end $$;

revoke execute on function public.with_word_families(text), public.with_title_families(text), public.without_signs(text), public.title_text(text)
  from public, anon, authenticated;
grant execute on function public.with_word_families(text), public.with_title_families(text), public.without_signs(text), public.title_text(text)
  to service_role;
