import { ms, times } from "./table.mjs";

/** What is hoped for of the rows, whose legs were measured with few and with many connections. */
export function targets(rows, few, many) {
  const find = (id, connections) => rows.find((row) => row.id === id && row.connections === connections);
  const key = find("key", few);
  const live = find("live", few);
  const crowd = find("key", many);
  const large = find("key-large", few);
  const slower = key.rate / large.rate;
  const predict = find("predict", few);
  const crowdPredicts = find("predict", many);
  const floorJson = find("floor-json", few);
  const alone = find("predict-alone", few);
  const unmetered = find("predict-unmetered", few);
  const bounded = find("predict-quota", few);
  return [
    {
      hope: "a key in the fast lane, at least 15 times this app's health route through Next",
      found: `${times(key.rate / live.rate)}; ${times(key.rate / key.bareRate)} times an empty Next app`,
      isMet: key.rate >= 15 * live.rate,
    },
    {
      hope: "a key in the fast lane, at least 0.30 of node:http",
      found: times(key.rate / key.floorRate),
      isMet: key.rate >= 0.3 * key.floorRate,
    },
    {
      hope: "1,000 connections with keys, p95 below 200 ms without an error",
      found: `${ms(crowd.p95)} ms, ${crowd.errors} errors`,
      isMet: crowd.p95 < 200 && crowd.errors === 0,
    },
    {
      hope: "1,000,000 keys at most 1.2 times slower than 1,000",
      found: times(slower),
      isMet: slower <= 1.2,
    },
    {
      hope: "metering costs at most 15 % of the throughput of predictions",
      found: `${times(predict.rate / unmetered.rate)} of it is left; ${times(bounded.rate / unmetered.rate)} with a quota`,
      isMet: predict.rate >= 0.85 * unmetered.rate,
    },
    {
      hope: "a prediction in the fast lane, at least 10 times this app's health route through Next",
      found: `${times(predict.rate / live.rate)}; ${times(predict.rate / predict.bareRate)} times an empty Next app`,
      isMet: predict.rate >= 10 * live.rate,
    },
    {
      hope: "a prediction in the fast lane, at least 0.20 of node:http that reads and writes JSON",
      found: times(predict.rate / floorJson.rate),
      isMet: predict.rate >= 0.2 * floorJson.rate,
    },
    {
      hope: "1,000 connections that predict, p95 below 100 ms without an error",
      found: `${ms(crowdPredicts.p95)} ms, ${crowdPredicts.errors} errors`,
      isMet: crowdPredicts.p95 < 100 && crowdPredicts.errors === 0,
    },
    {
      hope: "meanwhile the event loop of the server at most 20 ms late, 99 of 100 times",
      found: `${ms(crowdPredicts.loopMs)} ms; ${ms(predict.loopMs)} ms with few connections`,
      isMet: crowdPredicts.loopMs < 20,
    },
    {
      hope: "rows of several calls in one run: more calls than one row per run",
      found: `${times(predict.rate / alone.rate)} times`,
      isMet: predict.rate > alone.rate,
    },
  ];
}
