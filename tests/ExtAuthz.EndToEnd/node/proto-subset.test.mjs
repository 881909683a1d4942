// Our protos against the upstream ones, and one fault at a time seeded in a copy of ours.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createFileRegistry } from '@bufbuild/protobuf';
import { differences } from './proto-subset.mjs';
import { compile, loadUpstream, protoFiles } from './upstream.mjs';

const root = fileURLToPath(new URL('../../../protos', import.meta.url));
const upstream = loadUpstream();

const auth = 'envoy/service/auth/v3/external_auth.proto';
const base = 'envoy/config/core/v3/base.proto';
const seeded = {
  'another number': [auth, 'error_response = 5', 'error_response = 6', 'error_response has the number 6, upstream 5'],
  'another type': ['google/rpc/status.proto', 'int32 code', 'int64 code', 'google.rpc.Status.code has the type'],
  'another message': [auth, 'OkHttpResponse ok_response', 'DeniedHttpResponse ok_response', 'ok_response has the type'],
  'another cardinality': [auth, 'repeated string headers_to_remove', 'string headers_to_remove', 'headers_to_remove has the cardinality'],
  'another key of a map': [base, 'map<string, google.protobuf.Any>', 'map<int32, google.protobuf.Any>', 'typed_filter_metadata has the type'],
  'another presence': [base, 'string key = 1;\n  string value = 2;\n}', 'optional string key = 1;\n  string value = 2;\n}', 'key has the presence'],
  'a field outside its oneof': ['envoy/config/core/v3/address.proto', 'oneof port_specifier', 'oneof port', 'port_value has the oneof'],
  'a field of our own': [auth, 'string body = 3;', 'string body = 3;\n  string note = 4;', 'DeniedHttpResponse.note is not upstream'],
  'a message of our own': [auth, 'message CheckRequest {', 'message Own {}\nmessage CheckRequest {', 'Own is not upstream'],
  'another enum value': [base, 'OVERWRITE_IF_EXISTS = 3', 'OVERWRITE_IF_EXISTS = 4', 'OVERWRITE_IF_EXISTS has the number 4'],
  'another package': ['grpc/health/v1/health.proto', 'package grpc.health.v1', 'package grpc.health.v2', 'grpc.health.v2.Health is not upstream'],
  'another method': ['grpc/health/v1/health.proto', 'stream HealthCheckResponse', 'HealthCheckResponse', 'Watch has the kind'],
};

test('every message, field, enum and service of ours is the same upstream', () => assert.deepEqual(differences(registryOf(root), upstream), []));

for (const [name, [file, text, fault, sentence]] of Object.entries(seeded)) {
  test(`finds ${name}`, () => {
    const copy = mkdtempSync(join(tmpdir(), 'protos-'));
    try {
      cpSync(root, copy, { recursive: true });
      const sound = readFileSync(join(copy, file), 'utf8');
      assert.ok(sound.includes(text), `${file} no longer holds ${text}`);
      writeFileSync(join(copy, file), sound.replace(text, fault));
      const found = differences(registryOf(copy), upstream);
      assert.ok(found.some(line => line.includes(sentence)), `found only: ${found.join(' · ') || 'nothing'}`);
    } finally {
      rmSync(copy, { recursive: true });
    }
  });
}

/** The types of our own files, without the google.protobuf ones they import. */
function registryOf(folder) {
  const files = protoFiles(folder);
  const registry = createFileRegistry(compile(files, () => [folder]));
  return [...registry].filter(type => files.includes(`${type.file.name}.proto`));
}
