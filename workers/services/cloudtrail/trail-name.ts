/** Names of trails (API reference, CreateTrail). */
import { ServiceError } from "../../model/errors.ts";

const refused = (message: string): ServiceError => new ServiceError("InvalidTrailNameException", message);

/** Throws InvalidTrailNameException. */
export function checkTrailName(name: string): void {
  const { length } = name;
  if (length < 3) throw refused(`Trail name too short. Minimum allowed length: 3 characters. Specified name length: ${length} characters.`);
  if (length > 128)
    throw refused(`Trail name too long. Maximum allowed length: 128 characters. Specified name length: ${length} characters.`);
  if (!/^[A-Za-z0-9._-]+$/.test(name))
    throw refused(
      "Trail name or ARN can only contain uppercase letters, lowercase letters, numbers, periods (.), hyphens (-), and underscores (_).",
    );
  if (!/^[A-Za-z0-9]/.test(name)) throw refused("Trail name must starts with a letter or number.");
  if (!/[A-Za-z0-9]$/.test(name)) throw refused("Trail name must ends with a letter or number.");
  if (/[._-]{2}/.test(name)) throw refused("Trail name cannot have adjacent periods, underscores or dashes.");
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(name)) throw refused("Trail name cannot be in IP address format.");
}
