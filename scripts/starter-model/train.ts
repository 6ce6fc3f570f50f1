import { type IrisRow, measurements, species } from "./iris";

/** Class by class: a weight for each measurement, and one for the constant. */
export type Weights = { weights: number[][]; bias: number[] };

const rounds = 4_000;
const stepSize = 0.5;
/** Keeps the weights finite although one species can be told apart without a mistake. */
const shrinkage = 0.002;
/** So that the file is the same whatever the last bits of a machine's arithmetic are. */
const decimals = 3;

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Multinomial logistic regression by plain gradient descent: the same rows always give the same weights. */
export function train(rows: readonly IrisRow[]): Weights {
  const means = measurements.map((_, column) => mean(rows.map(({ values }) => values[column] ?? 0)));
  const spreads = measurements.map((_, column) =>
    Math.sqrt(mean(rows.map(({ values }) => ((values[column] ?? 0) - (means[column] ?? 0)) ** 2))),
  );
  const scaled = rows.map(({ values }) =>
    values.map((value, column) => (value - (means[column] ?? 0)) / (spreads[column] ?? 1)),
  );
  const model: Weights = {
    weights: species.map(() => measurements.map(() => 0)),
    bias: species.map(() => 0),
  };
  for (let round = 0; round < rounds; round += 1) descend(model, scaled, rows);
  return unscale(model, means, spreads);
}

function descend(model: Weights, scaled: readonly number[][], rows: readonly IrisRow[]): void {
  const slopes = species.map(() => [...measurements.map(() => 0), 0]);
  scaled.forEach((values, index) => {
    const chances = probabilities(model, values);
    species.forEach((_, label) => {
      const error = (chances[label] ?? 0) - (rows[index]?.label === label ? 1 : 0);
      const slope = slopes[label] as number[];
      [...values, 1].forEach((value, column) => {
        slope[column] = (slope[column] ?? 0) + (error * value) / rows.length;
      });
    });
  });
  species.forEach((_, label) => {
    const slope = slopes[label] as number[];
    model.weights[label] = (model.weights[label] ?? []).map(
      (weight, column) => weight - stepSize * ((slope[column] ?? 0) + shrinkage * weight),
    );
    model.bias[label] = (model.bias[label] ?? 0) - stepSize * (slope[measurements.length] ?? 0);
  });
}

/** For centimetres as they are measured, not for the scaled values of the training. */
function unscale({ weights, bias }: Weights, means: number[], spreads: number[]): Weights {
  const round = (value: number) => Number(value.toFixed(decimals));
  const plain = weights.map((row) => row.map((weight, column) => weight / (spreads[column] ?? 1)));
  return {
    weights: plain.map((row) => row.map(round)),
    bias: bias.map((value, label) =>
      round(
        value - (plain[label] ?? []).reduce((sum, weight, column) => sum + weight * (means[column] ?? 0), 0),
      ),
    ),
  };
}

export function probabilities({ weights, bias }: Weights, values: readonly number[]): number[] {
  const scores = weights.map((row, label) =>
    row.reduce((sum, weight, column) => sum + weight * (values[column] ?? 0), bias[label] ?? 0),
  );
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - top));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/** The share of rows whose species comes out right. */
export function accuracy(model: Weights, rows: readonly IrisRow[]): number {
  const right = rows.filter(({ values, label }) => {
    const chances = probabilities(model, values);
    return chances.indexOf(Math.max(...chances)) === label;
  });
  return right.length / rows.length;
}

/** What to expect of flowers the model has not seen: each tenth is judged by a model of the other nine. */
export function crossValidated(rows: readonly IrisRow[], folds = 10): number {
  const shares = Array.from({ length: folds }, (_, fold) => {
    const held = rows.filter((_row, index) => index % folds === fold);
    return accuracy(train(rows.filter((_row, index) => index % folds !== fold)), held);
  });
  return mean(shares);
}
