/** One argument that can't be right. `given` may show its value; `allowed` never contains one. */
export interface Problem {
  /** From the component's arguments, such as `bounces.queues.crm`. */
  path: string;
  given: string;
  allowed: string;
}
