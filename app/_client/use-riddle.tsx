"use client";

import { useState } from "react";
import { Spinner } from "@/app/_components/spinner";
import { ApiError } from "./api";

type Solved = { captcha?: string };

/** A riddle may grow too old while it is solved; longer than this it is not the riddle. */
const roundsMax = 3;

/** Sends something; when the API asks for a solved riddle first, solves it and sends again by itself. */
export function useRiddle() {
  const [isSolving, setIsSolving] = useState(false);

  async function withRiddle<T>(send: (solved: Solved) => Promise<T>): Promise<T> {
    let solved: Solved = {};
    for (let round = 1; ; round += 1) {
      try {
        return await send(solved);
      } catch (error) {
        const riddle = riddleIn(error);
        if (riddle === undefined || round === roundsMax) throw error;
        setIsSolving(true);
        try {
          const { solveRiddle } = await import("./riddle");
          solved = { captcha: await solveRiddle(riddle) };
        } finally {
          setIsSolving(false);
        }
      }
    }
  }

  return { isSolving, withRiddle };
}

const riddleIn = (error: unknown): unknown =>
  error instanceof ApiError && error.problem.code === "auth.captcha_required"
    ? error.problem.extra?.captcha
    : undefined;

/** Always there, or screen readers would not be told when it gets words. */
export function RiddleNote({ isSolving }: { isSolving: boolean }) {
  return (
    <p role="status" className="text-center text-[13px] text-muted empty:hidden">
      {isSolving && (
        <span className="inline-flex items-center gap-2">
          <Spinner />
          One moment: a short check that you are no robot…
        </span>
      )}
    </p>
  );
}
