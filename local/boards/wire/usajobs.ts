import type { Block } from '../catalogue/describe.js';
import type { SampleJob } from '../catalogue/job.js';
import { searched } from './searched.js';
import { payOf, postedAtOf } from './spelling.js';
import { notFound, type WireBoard, withBroken } from './wire-board.js';

const mostAPage = 500;

/** Jobs in the USA, pages counted from 1, numbers as text, for those who give a key and the address it is for. */
export const usajobs: WireBoard = {
  host: 'data.usajobs.gov',
  etag: false,
  compresses: true,
  answer({ path, query, headers, now, catalogue, most }) {
    if (path !== '/api/search') return notFound();
    if (!headers['authorization-key'] || !headers['user-agent']?.includes('@')) {
      return { status: 401, body: { title: 'Unauthorized', status: 401 } };
    }
    const here = catalogue.onFeed('usajobs', now, ({ region, places }) =>
      region === 'USA' || places.some(({ iso2 }) => iso2 === 'US') ? 0.3 : 0,
    );
    const found = searched(here, {
      words: query.get('Keyword') ?? '',
      place: query.get('LocationName') ?? undefined,
      remoteOnly: query.get('RemoteIndicator') === 'True',
    });
    const size = Math.min(mostAPage, most, Number(query.get('ResultsPerPage') ?? 25));
    const { records, broken, total } = withBroken(
      found,
      (job) => record(job, catalogue.describe(job)),
      (item) => ({ ...item, MatchedObjectId: null }),
      { from: (Number(query.get('Page') ?? 1) - 1) * size, most: size },
    );
    const body = {
      LanguageCode: 'EN',
      SearchParameters: {},
      SearchResult: {
        SearchResultCount: records.length,
        SearchResultCountAll: String(total),
        SearchResultItems: records,
        UserArea: { NumberOfPages: String(Math.ceil(total / size)), IsRadialSearch: false },
      },
    };
    return { status: 200, body, broken };
  },
};

function record(job: SampleJob, blocks: readonly Block[]) {
  const id = String(700_000_000 + job.number);
  const page = `https://www.usajobs.gov:443/job/${id}`;
  const pay = payOf(job);
  const texts = blocks.flatMap((block) => (block.kind === 'list' ? [] : [block.text]));
  const duties = blocks.flatMap((block) => (block.kind === 'list' ? block.items : []));
  const places = job.places.map(({ city, region, country }) => ({
    LocationName: `${city}, ${region}`,
    CountryCode: country,
    CountrySubDivisionCode: region,
    CityName: `${city}, ${region}`,
  }));
  const everywhere = { LocationName: 'Anywhere in the U.S. (remote job)', CountryCode: 'United States' };
  const posted = withoutZone(postedAtOf(job));
  const closes = withoutZone(job.closesAt);
  return {
    MatchedObjectId: id,
    MatchedObjectDescriptor: {
      PositionID: `SAMPLE-${job.number}`,
      PositionTitle: job.title,
      PositionURI: page,
      ApplyURI: [`${page}?PostingChannelID=`],
      PositionLocationDisplay:
        places.length > 1 ? 'Multiple Locations' : (places[0] ?? everywhere).LocationName,
      PositionLocation: places.length > 0 ? places : [everywhere],
      OrganizationName: job.company.name,
      DepartmentName: 'Department of Samples',
      JobCategory: [{ Name: job.family.department, Code: '1550' }],
      JobGrade: [{ Code: 'GS' }],
      PositionSchedule: [{ Name: job.employmentType === 'part_time' ? 'Part-time' : 'Full-time', Code: '1' }],
      PositionOfferingType: [{ Name: 'Permanent', Code: '15317' }],
      QualificationSummary: texts.slice(1).join('\n'),
      PositionRemuneration: [
        {
          MinimumRange: (pay?.min ?? 0).toFixed(1),
          MaximumRange: (pay?.max ?? 0).toFixed(1),
          RateIntervalCode: pay?.period === 'hour' ? 'PH' : job.number % 2 === 0 ? 'PA' : 'Per Year',
        },
      ],
      PositionStartDate: posted,
      PositionEndDate: closes,
      PublicationStartDate: posted,
      ApplicationCloseDate: closes,
      PositionFormattedDescription: [{ Label: 'Dynamic Teaser', LabelDescription: 'Hit highlighting.' }],
      UserArea: {
        Details: {
          JobSummary: texts[0],
          MajorDuties: duties,
          LowGrade: '13',
          HighGrade: '13',
          TotalOpenings: '1',
          RemoteIndicator: job.workMode === 'remote',
        },
      },
    },
  };
}

/** ISO 8601 without an offset, with four digits of a fraction. */
const withoutZone = (time: number) => `${new Date(time).toISOString().slice(0, -1)}0`;
