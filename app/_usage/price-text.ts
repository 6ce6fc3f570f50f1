/** "€0.0005": with all its decimals, as it was typed. What was used up is `moneyText`. */
export const priceText = (value: number, currency: string): string =>
  new Intl.NumberFormat("en-US", { style: "currency", currency, maximumFractionDigits: 9 }).format(value);

/** As one types it into a field: never "1e-9". */
export const typedMoney = (value: number): string => value.toFixed(9).replace(/\.?0+$/, "");

/** Is it an amount as one types it, with as many decimals as money has here? */
export const isMoneyText = (text: string): boolean => /^\d+(\.\d{1,9})?$/.test(text.trim());
