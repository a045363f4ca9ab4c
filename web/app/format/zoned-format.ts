/** A date's format in each zone that is asked for, made once: making it takes a hundred times as long as using it. */
export function zonedFormat(options: Intl.DateTimeFormatOptions): (timeZone: string) => Intl.DateTimeFormat {
  const made = new Map<string, Intl.DateTimeFormat>();
  return (timeZone) => {
    let format = made.get(timeZone);
    if (!format) {
      format = new Intl.DateTimeFormat('en-GB', { ...options, timeZone });
      made.set(timeZone, format);
    }
    return format;
  };
}
