/** Words about how the work is done, which say nothing of where. Lower-case prepositions only: IN and OR are states. */
const asides =
  /\b(?:(?:100\s?%|fully|full|mostly|partly|partially|primarily)[\s-]+remote|remote(?:ly)?(?:[\s-]+(?:work|working|first|friendly|only|ok|possible|eligible|job|position))?|hybrid|on-?\s?site|in[\s-](?:office|person)|offices?|home[\s-]?(?:office|based)|work(?:ing)? from home|wfh|telecommute|telework|distributed|flexible|headquarters|hq|based|only|preferred|eligible|time\s?zones?|(?:multiple|various|several|all|other) locations?|locations?|utc|gmt|cest|cet|est|pst)\b/gi;
const prepositions = /(?:^|\s)(?:[Ii]n|from|within|across|near|around|of the|throughout)(?=\s|$)/g;
const everywhere = /\b(?:any\s?where|world\s?wide|weltweit|global(?:ly)?|everywhere|world|earth)\b/gi;

/** `Cambridge, MA Seattle, WA`: a list that has lost what stood between its places. */
const runOn = /(,\s*[A-Z]{2})\s+(?=[A-Z])/g;
const betweenPlaces = /[;|/•·\n]/;
const withinPlace = /[,():[\]]|\s[-–—]+|[-–—]+\s|[–—]/;

export interface LocationParts {
  /** Each place's parts, as written: `[['London', 'England'], ['Berlin']]`. */
  places: string[][];
  /** The location says that anywhere will do. */
  anywhere: boolean;
}

/** A location as boards write it, taken apart. `isName` tells names with "and" in them from lists. */
export function locationParts(location: string, isName: (text: string) => boolean): LocationParts {
  const anywhere = everywhere.test(location);
  everywhere.lastIndex = 0;
  const places = location
    .replace(everywhere, ',')
    .replace(asides, ',')
    .replace(prepositions, ',')
    .replace(runOn, '$1;')
    .split(betweenPlaces)
    .flatMap((group) => lists(group, isName))
    .map((group) =>
      group
        .split(withinPlace)
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .filter((parts) => parts.length > 0);
  return { places, anywhere };
}

/** "San Francisco and Toronto" is two places; "Trinidad and Tobago" is one. */
function lists(group: string, isName: (text: string) => boolean): string[] {
  const parts = group
    .split(withinPlace)
    .filter((part) => /\s(?:and|or|&|und)\s|^\s*(?:and|or|und)\s/.test(part));
  return parts.every((part) => isName(part)) ? [group] : group.split(/(?:^|\s)(?:and|or|&|und)\s/);
}
