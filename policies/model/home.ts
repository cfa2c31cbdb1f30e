import { type Account, sameAccount } from "./account";
import { type Region, sameRegion } from "./region";
import { both, type Maybe } from "./value";

/** Where something of AWS stands; settings of another Region or account never meet it. */
export interface Home {
  readonly region: Region;
  readonly account: Account;
}

/** Whether two things are of one Region of one account. */
export function sameHome(a: Home, b: Home): Maybe {
  return both(sameRegion(a.region, b.region), sameAccount(a.account, b.account));
}
