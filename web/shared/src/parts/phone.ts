/**
 * An E.164 number as people read it: `+1 (202) 555-0101` within North America, the digits in groups elsewhere.
 * Only spaces and marks are added.
 */
export function formatPhone(e164: string): string {
  const north = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(e164);
  if (north) return `+1 (${north[1]}) ${north[2]}-${north[3]}`;
  const british = /^\+44(\d{4})(\d{6})$/.exec(e164);
  if (british) return `+44 ${british[1]} ${british[2]}`;
  return e164;
}
