// Checks an Envoy bootstrap as far as its protos allow: what `envoy --mode validate` would refuse, without Envoy.
import { fromJson, toJson } from '@bufbuild/protobuf';
import { parse } from 'yaml';
import { violations } from './constraints.mjs';
import { hardening } from './hardening.mjs';
import { references } from './references.mjs';

/** Returns every fault of the bootstrap, as sentences; none when it is sound. */
export function faults(registry, yaml) {
  const schema = registry.getMessage('envoy.config.bootstrap.v3.Bootstrap');
  let message;
  try {
    message = fromJson(schema, parse(yaml, { strict: true, uniqueKeys: true }), { registry });
  } catch (error) {
    return [causes(error)];
  }
  const bootstrap = toJson(schema, message, { registry, useProtoFieldName: true });
  return [...violations(registry, schema, message), ...references(bootstrap), ...hardening(bootstrap)];
}

const causes = error => (error.cause ? `${error.message}: ${causes(error.cause)}` : error.message);
