// One copy of each: a second one would have a theme of its own.
export default { build: { target: 'esnext' }, logLevel: 'error', resolve: { dedupe: ['@grafana/data', '@grafana/schema', 'react', 'react-dom'] } }
