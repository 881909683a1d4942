// Calls a running transport (its address is the argument) with gRPC's own client for Node and Envoy's own protos.
// The handler behind it answers by path: /slow never, /deny with a redirect, all others are allowed.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

const address = process.argv[2];
const folderOf = name => dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
const deps = join(folderOf('@grpc/grpc-js-xds'), 'deps');
const load = (file, ...includeDirs) => grpc.loadPackageDefinition(loader.loadSync(file, { includeDirs, keepCase: true, longs: Number, enums: String, oneofs: true, defaults: true }));
const { Authorization } = load('envoy/service/auth/v3/external_auth.proto', ...['envoy-api', 'googleapis', 'xds', 'protoc-gen-validate'].map(name => join(deps, name))).envoy.service.auth.v3;
const { Health } = load('health/v1/health.proto', join(folderOf('grpc-health-check'), 'proto')).grpc.health.v1;

const credentials = grpc.credentials.createInsecure();
const client = new Authorization(address, credentials);
const health = new Health(address, credentials);
const checkPath = '/envoy.service.auth.v3.Authorization/Check';

const request = (path, http = {}) => ({ attributes: { request: { http: { method: 'GET', path, host: 'app.example', ...http } } } });
const promised = call => new Promise((resolve, reject) => call((error, response) => error ? reject(error) : resolve(response)));
const check = (message, { metadata = new grpc.Metadata(), ...options } = {}, on = client) => promised(done => on.Check(message, metadata, options, done));
const raw = (path, bytes) => promised(done => client.makeUnaryRequest(path, value => value, value => value, bytes, done));
const headersOf = options => options.map(({ header, append, append_action }) => [header.key, header.value, append?.value, append_action]);
const failsWith = (promise, code) => assert.rejects(promise, error => assert.equal(error.code, code, error.message) ?? true);

const checks = {
  async 'an allowance with headers set, removed and added'() {
    const { status, ok_response: ok, http_response: kind } = await check(request('/a?b=c', { headers: { cookie: 's=1', 'x-auth-user-id': 'x', x_auth_role: 'y' } }));
    assert.equal(kind, 'ok_response');
    assert.equal(status.code, 0);
    assert.deepEqual(headersOf(ok.headers), [
      ['x-path', '/a', false, 'OVERWRITE_IF_EXISTS_OR_ADD'],
      ['x-cookies', 's=1', false, 'OVERWRITE_IF_EXISTS_OR_ADD'],
    ]);
    assert.deepEqual([...ok.headers_to_remove].sort(), ['x-auth-user-id', 'x_auth_role']);
    assert.deepEqual(headersOf(ok.response_headers_to_add), [
      ['set-cookie', 'c=3', true, 'APPEND_IF_EXISTS_OR_ADD'],
      ['cache-control', 'no-store', false, 'OVERWRITE_IF_EXISTS_OR_ADD'],
    ]);
  },
  async 'raw headers, line by line'() {
    const headers = ['a=1', 'b=2'].map(value => ({ key: 'cookie', raw_value: Buffer.from(value) }));
    const { ok_response: ok } = await check(request('/', { header_map: { headers } }));
    assert.equal(ok.headers[1].header.value, 'a=1|b=2');
  },
  async 'a denial with two cookies'() {
    const { status, denied_response: denied, http_response: kind } = await check(request('/deny'));
    assert.equal(kind, 'denied_response');
    assert.equal(status.code, grpc.status.UNAUTHENTICATED);
    assert.equal(denied.status.code, 'TemporaryRedirect');
    assert.equal(denied.body, 'Sign in');
    assert.deepEqual(headersOf(denied.headers).map(([name, value, append]) => [name, value, append]), [
      ['location', 'https://id.example/', false], ['set-cookie', 'a=1', false], ['set-cookie', 'b=2', false],
    ]);
  },
  'a deadline': () => failsWith(check(request('/slow'), { deadline: Date.now() + 100 }), grpc.status.DEADLINE_EXCEEDED),
  async 'a cancellation'() {
    const ended = promised(done => {
      const call = client.Check(request('/slow'), done);
      setTimeout(() => call.cancel(), 100);
    });
    await failsWith(ended, grpc.status.CANCELLED);
  },
  'a message over 256 KiB': () => failsWith(check(request('/', { body: 'x'.repeat(300 * 1024) })), grpc.status.RESOURCE_EXHAUSTED),
  async 'a message just under 256 KiB'() {
    assert.equal((await check(request('/', { body: 'x'.repeat(255 * 1024) }))).status.code, 0);
  },
  async 'a compressed message'() {
    const compressing = new Authorization(address, credentials, { 'grpc.default_compression_algorithm': grpc.compressionAlgorithms.gzip });
    await failsWith(check(request('/'), {}, compressing), grpc.status.UNIMPLEMENTED);
    compressing.close();
  },
  async 'bytes that are no message are denied'() {
    assert.ok((await raw(checkPath, Buffer.from([0xff, 0xff]))).includes(Buffer.from([0x08, 0x90, 0x03]))); // status 400
  },
  async 'an empty message is denied'() {
    assert.ok((await raw(checkPath, Buffer.alloc(0))).includes(Buffer.from([0x08, 0x93, 0x03]))); // status 403
  },
  'an unknown method': () => failsWith(raw('/envoy.service.auth.v3.Authorization/Nothing', Buffer.alloc(0)), grpc.status.UNIMPLEMENTED),
  'an unknown service': () => failsWith(raw('/a.B/C', Buffer.alloc(0)), grpc.status.UNIMPLEMENTED),
  async 'metadata'() {
    const metadata = new grpc.Metadata();
    metadata.set('x-request-id', 'a');
    metadata.set('trace-bin', Buffer.from([0, 255]));
    assert.equal((await check(request('/'), { metadata })).status.code, 0);
  },
  async '500 calls at once'() {
    const responses = await Promise.all(Array.from({ length: 500 }, (_, i) => check(request(`/${i}`))));
    responses.forEach((response, i) => assert.equal(response.ok_response.headers[0].header.value, `/${i}`));
  },
  async 'health by both names'() {
    for (const service of ['', 'envoy.service.auth.v3.Authorization']) {
      assert.equal((await promised(done => health.Check({ service }, done))).status, 'SERVING');
    }
  },
  'health of another name': () => failsWith(promised(done => health.Check({ service: 'other' }, done)), grpc.status.NOT_FOUND),
  async 'a health watch'() {
    const watch = health.Watch({ service: '' });
    const cancelled = new Promise(resolve => watch.on('error', resolve));
    assert.equal(await new Promise(resolve => watch.once('data', ({ status }) => resolve(status))), 'SERVING');
    watch.cancel();
    assert.equal((await cancelled).code, grpc.status.CANCELLED);
  },
};

let failures = 0;
for (const [name, run] of Object.entries(checks)) {
  try {
    await run();
    console.log(`ok ${name}`);
  } catch (error) {
    failures++;
    console.log(`not ok ${name}\n${error.stack}`);
  }
}
client.close();
health.close();
process.exitCode = failures && 1;
