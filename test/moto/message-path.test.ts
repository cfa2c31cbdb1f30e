import { findEmulator, type Running, skipped, startEmulator } from "./server";
import { clientsOf, deploy, receive, send } from "./stack";

const command = findEmulator("moto");
const title = "from mail to the handler's queue, on moto";

if (command === undefined) {
  test.skip(`${title} ${skipped("moto")}`, () => {});
} else {
  describe(title, () => {
    let moto: Running;
    beforeAll(async () => {
      moto = await startEmulator("moto", command);
    });
    afterAll(() => moto?.stop());

    test("a bounce and a complaint arrive, each through its topic", async () => {
      const clients = clientsOf(moto.endpoint);
      const { QUEUE_URL } = await deploy(clients);
      for (const recipient of ["bounce@simulator.amazonses.com", "complaint@simulator.amazonses.com"]) {
        await send(clients, recipient);
      }
      const messages = await receive(clients, QUEUE_URL);
      // What moto puts into the envelope is canned; the way that it takes is not.
      const topics = messages.map(({ Body = "" }) => JSON.parse(Body).TopicArn);
      expect(topics).toHaveLength(2);
      expect(new Set(topics).size).toBe(2);
      for (const topic of topics) expect(topic).toMatch(/^arn:aws:sns:us-east-1:123456789012:mail-/);
    });
  });
}
