import { viewsOf, inPack, mutate, findingsOf } from "./matrix";
const show=(f:any[])=>f.filter((x)=>!/dkim|publish-scope/.test(x.rule)).map((x)=>`   ${x.rule} ${x.verdict} ${x.identity} ${x.region} ${x.urn?.split("::").pop()} acct=${x.account} | ${x.message.slice(0,230)}`).join("\n");
test("one", () => {
  const v = viewsOf("documents/engine/accounts/state.json");
  const urn=(n:string)=>v[0]!.resources.find((r)=>r.urn.endsWith("::"+n)&&r.type.includes("sesv2/emailIdentity:"))!.urn;
  process.stderr.write("BEFORE\n"+show(findingsOf(v))+"\nARN secret allowed\n"+show(findingsOf(mutate(v,{urn:urn("allowed"),path:["arn"],how:"secret"})))+"\nname allowed\n"+show(findingsOf(mutate(v,{urn:urn("allowed"),path:["emailIdentity"],how:"secret"})))+"\n");
});
