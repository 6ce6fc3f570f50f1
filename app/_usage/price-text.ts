/** "€0.0005": with all its decimals, as it was typed. What was used up is `moneyText`. */
export const priceText = (value: number, currency: string): string =>
  new Intl.NumberFormat("en-US", { style: "currency", currency, maximumFractionDigits: 9 }).format(value);
