const numbers = new Intl.NumberFormat("en-US");

/** 10000 → "10,000" */
export const formatNumber = (value: number): string => numbers.format(value);

/** 1 → "1 user", 3 → "3 users" */
export const countOf = (value: number, one: string, many = `${one}s`): string =>
  `${formatNumber(value)} ${value === 1 ? one : many}`;
