import { reportOf } from "../models/live";
import type { LiveModel } from "../models/queries";
import { adminModelView, modelView } from "../models/view";
import { modelNumbers } from "../predictions/numbers";

/** What whoever may use a model sees of it, with how it is right now. */
export const modelAnswer = (model: LiveModel) => modelView(model, reportOf(model.stable).state);

/** The same for administrators; models lie below predictions, where calls are counted, so both meet here. */
export const adminModelAnswer = (model: LiveModel) =>
  adminModelView(model, reportOf(model.stable), modelNumbers(model.id));
