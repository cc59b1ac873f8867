import { type Create, made } from "../view";
export const create: Create = (element) => ({ show: async () => element.replaceChildren(made("p")) });
