// A provider that others made and certified (npm's oidc-provider), on a free port, with people whom any password lets in.
// node real_provider.mjs FOLDER SECRET OUT: FOLDER holds node_modules, OUT is told of log-outs. It writes its issuer on a line, and ends when stdin does.
import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

const [folder, secret, out] = process.argv.slice(2);
const found = createRequire(`${folder}/package.json`).resolve('oidc-provider');
const { default: Provider } = await import(pathToFileURL(found));

const groups = { ada: ['doctors', 'shanghai'], bob: ['staff', 'everywhere'], vic: ['visitors'] };
const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'trial',
        client_secret: secret,
        redirect_uris: ['http://testserver/login/provider/back'],
        post_logout_redirect_uris: ['http://testserver/login'],
        backchannel_logout_uri: out,
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'groups'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true }, backchannelLogout: { enabled: true } },
    // By itself it sends nothing to this computer's own addresses.
    fetch: (url, { dispatcher, ...options }) => fetch(url, options),
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, name: `Dr ${id}`, preferred_username: id, groups: groups[id] ?? [] }),
    }),
  });
  server.on('request', provider.callback());
  console.log(issuer);
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
