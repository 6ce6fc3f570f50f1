import type { z } from "zod";
import type { predictionView } from "@/lib/predictions/schema";

export type PredictionRow = z.infer<typeof predictionView>;
