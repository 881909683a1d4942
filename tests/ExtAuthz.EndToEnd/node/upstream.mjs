// The upstream protos that @grpc/grpc-js-xds and grpc-health-check ship, as a registry of descriptors.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { create, createFileRegistry, fromBinary } from '@bufbuild/protobuf';
import { FieldDescriptorProto_Label, FieldDescriptorProtoSchema, FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { newerFields } from './newer-fields.mjs';

const folderOf = name => dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
const deps = join(folderOf('@grpc/grpc-js-xds'), 'deps');
const health = join(folderOf('grpc-health-check'), 'proto');
const envoyApi = join(deps, 'envoy-api');

/** Compiles .proto files with the protoc of PROTOC; PROTOC_INCLUDE holds google/protobuf/*.proto. */
export function compile(files, includes) {
  const { PROTOC: protoc, PROTOC_INCLUDE: wellKnown } = process.env;
  if (!protoc || !wellKnown) throw new Error('Set PROTOC to protoc and PROTOC_INCLUDE to the folder of google/protobuf/*.proto.');
  const scratch = mkdtempSync(join(tmpdir(), 'protos-'));
  try {
    const output = join(scratch, 'set.bin');
    const paths = [...includes(scratch), wellKnown].map(path => `-I${path}`);
    execFileSync(protoc, [...paths, '--include_imports', `--descriptor_set_out=${output}`, ...files], { stdio: ['ignore', 'inherit', 'inherit'] });
    return fromBinary(FileDescriptorSetSchema, readFileSync(output));
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** Everything a bootstrap or the ext_authz service can name, with the newer fields added. */
export function loadUpstream() {
  const files = protoFiles(envoyApi, 'envoy/extensions')
    .filter(file => file.includes('/v3/') && !importsWhatIsNotShipped(file))
    .concat('envoy/config/bootstrap/v3/bootstrap.proto', protoFiles(envoyApi, 'envoy/service/auth/v3'), 'google/rpc/status.proto', protoFiles(health));
  const set = compile(files, scratch => [repairedValidate(scratch), envoyApi, join(deps, 'googleapis'), join(deps, 'xds'), health]);
  newerFields.forEach(field => addField(set, field));
  return createFileRegistry(set);
}

export function protoFiles(root, folder = '.') {
  return readdirSync(join(root, folder), { recursive: true })
    .filter(file => file.endsWith('.proto'))
    .map(file => join(folder, file).replaceAll('\\', '/'))
    .sort();
}

function importsWhatIsNotShipped(file) {
  return /^import "(opentelemetry|opencensus|io\/prometheus)\//m.test(readFileSync(join(envoyApi, file), 'utf8'));
}

/** The shipped validate.proto is older than the shipped Envoy protos: it lacks the rule ignore_empty that they use on strings. */
function repairedValidate(scratch) {
  const shipped = readFileSync(join(deps, 'protoc-gen-validate/validate/validate.proto'), 'utf8');
  const repaired = shipped.includes('ignore_empty')
    ? shipped
    : shipped.replace('message StringRules {', '$&\n    optional bool ignore_empty = 26;\n');
  mkdirSync(join(scratch, 'validate'));
  writeFileSync(join(scratch, 'validate/validate.proto'), repaired);
  return scratch;
}

function addField(set, { message, name, number, type, typeName = '', oneof, since }) {
  const owner = set.file
    .flatMap(file => file.messageType.map(candidate => ({ candidate, fullName: `${file.package}.${candidate.name}` })))
    .find(entry => entry.fullName === message)?.candidate;
  if (!owner) throw new Error(`newer-fields.mjs: ${message} is not a top-level message of the upstream protos.`);
  if (owner.field.some(field => field.name === name)) throw new Error(`newer-fields.mjs: ${message}.${name} (${since}) is shipped now: remove it.`);
  const oneofIndex = oneof ? owner.oneofDecl.findIndex(decl => decl.name === oneof) : undefined;
  owner.field.push(create(FieldDescriptorProtoSchema, { name, number, type, typeName, oneofIndex, label: FieldDescriptorProto_Label.OPTIONAL }));
}
