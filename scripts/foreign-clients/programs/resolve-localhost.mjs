// Resolves *.localhost to loopback, as browsers do, because the resolver of the system may not.
import dns from 'node:dns';

const { lookup } = dns;
dns.lookup = (hostname, ...rest) => lookup(hostname.endsWith('.localhost') ? 'localhost' : hostname, ...rest);
