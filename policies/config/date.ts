const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * True for a day of the Gregorian calendar written `YYYY-MM-DD`; `2027-02-30` is none. Needs no clock.
 * The generated validators call it by the name of the JSON Schema format, `date`.
 */
export function date(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 && isLeap ? 29 : DAYS[month - 1];
  return days !== undefined && day >= 1 && day <= days;
}

/**
 * True once the last day of validity is over. `expires` is inclusive; without it nothing ever expires.
 * @param expires ISO days compare as text; what is no day (no schema sees what a component declares) has expired
 * @param today `YYYY-MM-DD`, given by the host: the rules know no clock
 */
export function isExpired(expires: string | undefined, today: string): boolean {
  return expires !== undefined && (!date(expires) || today > expires);
}
