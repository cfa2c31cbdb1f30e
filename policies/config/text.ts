export { escapeText as printable } from "../model/identity";
