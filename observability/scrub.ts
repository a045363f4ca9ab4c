/**
 * What stands in messages that others wrote (a mail server's answer, a driver's error) and is nobody's to read in a log.
 * Quantifiers have bounds, so that a long line costs no more than its length.
 */
const secrets: readonly [RegExp, string][] = [
  // JSON Web Tokens: access tokens, and both keys of Supabase.
  [/\beyJ[\w-]{8,2000}\.[\w-]{1,8000}(?:\.[\w-]{0,2000})?/g, '[token]'],
  [/\b(Bearer|Basic) [^\s"'\\,]{1,8000}/g, '$1 [secret]'],
  // smtp://user:password@host and the like.
  [/:\/\/[^\s/@"']{1,500}@/g, '://[secret]@'],
  [/([?&](?:app_id|app_key|api_?key|key|token|secret|password)=)[^&\s"'\\]{1,500}/gi, '$1[secret]'],
  // The secret links: a feed's and a mail's.
  [/(\/(?:feeds|unsubscribe)\/)[\w-]{16,200}/g, '$1[secret]'],
  [/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.[A-Za-z]{2,24}\b/g, '[address]'],
];

/** The text without tokens, keys in addresses, secret links and e-mail addresses. JSON stays JSON. */
export const scrub = (text: string): string =>
  secrets.reduce((left, [pattern, instead]) => left.replace(pattern, instead), text);
