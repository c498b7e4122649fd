// Draws a dashboard file with Grafana's own components, without a Grafana: each
// panel's queries go to a Prometheus, and what its JSON says of units, colours,
// columns and words is applied by the same code that Grafana applies it with.
//
//   ?file=product.json&theme=dark&prometheus=http://127.0.0.1:9090&minutes=10&rows=80
import React from 'react'
import { createRoot } from 'react-dom/client'
import { lastValueFrom } from 'rxjs'
import {
  applyFieldOverrides, cacheFieldDisplayNames, createTheme, dateTime, EventBusSrv, FieldConfigOptionsRegistry, FieldType, getFieldDisplayValues, identityOverrideProcessor,
  standardFieldConfigEditorRegistry, standardTransformers, standardTransformersRegistry, ThemeContext, thresholdsOverrideProcessor,
  toDataFrame, transformDataFrame, valueMappingsOverrideProcessor,
} from '@grafana/data'
import { BarGauge, BigValue, GlobalStyles, PanelChrome, PanelContextProvider, TimeSeries, VizRepeater } from '@grafana/ui'
import { TableNG } from '@grafana/ui/unstable'

const params = new URLSearchParams(location.search)
const theme = createTheme({ colors: { mode: params.get('theme') ?? 'dark' } })
const prometheus = params.get('prometheus')
const end = Math.floor(Date.now() / 1000)
const start = end - 60 * Number(params.get('minutes') ?? 10)
const range = { from: dateTime(start * 1000), to: dateTime(end * 1000), raw: { from: 'now', to: 'now' } }
const firstRow = Number(params.get('from') ?? 0), lastRow = Number(params.get('rows') ?? 1000)

// What Grafana registers at its own start.
const properties = ['unit', 'min', 'max', 'decimals', 'noValue', 'displayName', 'color', 'links', 'thresholds', 'mappings']
const custom = [
  'axisSoftMin', 'axisPlacement', 'axisLabel', 'drawStyle', 'lineWidth', 'lineStyle', 'fillOpacity', 'showPoints', 'stacking', 'width', 'minWidth', 'align',
  'cellOptions', 'hidden', 'inspect', 'filterable', 'hideFrom', 'scaleDistribution',
]
const processors = { thresholds: thresholdsOverrideProcessor, mappings: valueMappingsOverrideProcessor }
const item = (path, isCustom) => ({
  id: isCustom ? `custom.${path}` : path, path, name: path, isCustom, settings: {}, shouldApply: () => true,
  process: processors[path] ?? identityOverrideProcessor, override: () => null, editor: () => null,
})
const items = [...properties.map((p) => item(p, false)), ...custom.map((p) => item(p, true))]
standardFieldConfigEditorRegistry.setInit(() => items)
const registry = new FieldConfigOptionsRegistry(() => items)
standardTransformersRegistry.setInit(() =>
  [...new Set(Object.values(standardTransformers))].map((t) => ({ id: t.id, name: t.name, transformation: async () => t })))

const answer = async (url) => (await (await fetch(url)).json()).data.result
let values = {}
const filled = (text) => text
  .replaceAll('$product', values.product).replaceAll('$team', '.*')
  .replaceAll('$__rate_interval', '30s').replaceAll('$__range', `${end - start}s`)
const named = (legend, labels) => legend ? legend.replace(/{{ *(\w+) *}}/g, (_, l) => labels[l] ?? '') : JSON.stringify(labels)

// query returns frames as the Prometheus data source does.
async function query(target, only) {
  const q = encodeURIComponent(filled(target.expr))
  if (target.range) {
    const series = await answer(`${prometheus}/api/v1/query_range?query=${q}&start=${start}&end=${end}&step=5`)
    return series.map((s) => frame(target, s.metric, s.values))
  }
  const series = await answer(`${prometheus}/api/v1/query?query=${q}&time=${end}`)
  if (target.format !== 'table') return series.map((s) => frame(target, s.metric, [s.value]))
  const labels = [...new Set(series.flatMap((s) => Object.keys(s.metric)))].sort()
  if (series.length === 0) return []
  return [toDataFrame({ refId: target.refId, fields: [
    { name: 'Time', type: FieldType.time, values: series.map((s) => s.value[0] * 1000) },
    ...labels.map((l) => ({ name: l, type: FieldType.string, values: series.map((s) => s.metric[l] ?? '') })),
    { name: only ? 'Value' : `Value #${target.refId}`, type: FieldType.number, values: series.map((s) => +s.value[1]) },
  ] })]
}

function frame(target, labels, points) {
  const name = named(target.legendFormat, labels)
  return toDataFrame({ refId: target.refId, name, fields: [
    { name: 'Time', type: FieldType.time, values: points.map((p) => p[0] * 1000) },
    { name: 'Value', type: FieldType.number, labels, values: points.map((p) => +p[1]), config: { displayNameFromDS: name } },
  ] })
}

async function load(panel) {
  if (!panel.targets) return { panel, frames: [] }
  const all = (await Promise.all(panel.targets.map((t) => query(t, panel.targets.length === 1)))).flat()
  const context = { interpolate: (s) => s }
  const shaped = panel.transformations ? await lastValueFrom(transformDataFrame(panel.transformations, all, context)) : all
  const frames = applyFieldOverrides({
    data: shaped, fieldConfig: config(panel), fieldConfigRegistry: registry, replaceVariables: (s) => s, theme, timeZone: 'utc',
  })
  cacheFieldDisplayNames(frames)
  return { panel, frames }
}

const config = (panel) => ({ defaults: panel.fieldConfig?.defaults ?? {}, overrides: panel.fieldConfig?.overrides ?? [] })
const none = (panel) => <div style={{ padding: 16, color: theme.colors.text.secondary, textAlign: 'center' }}>{panel.fieldConfig?.defaults?.noValue ?? 'No data'}</div>

const draw = {
  stat: (panel, frames, width, height) => repeated(panel, frames, width, height, ({ value, width, height, alignmentFactors, count }) =>
    <BigValue value={{ ...value.display, title: panel.options.textMode === 'auto' && count === 1 ? undefined : value.display.title }} width={width} height={height} theme={theme} sparkline={panel.options.graphMode === 'area' ? value.sparkline : undefined}
      colorMode={panel.options.colorMode} graphMode={panel.options.graphMode} textMode={panel.options.textMode} justifyMode={panel.options.justifyMode} alignmentFactors={alignmentFactors} count={count} />),
  bargauge: (panel, frames, width, height) => repeated(panel, frames, width, height, ({ value, width, height, orientation, alignmentFactors }) =>
    <BarGauge value={value.display} field={value.field} display={value.view?.getFieldDisplayProcessor(value.colIndex)} width={width} height={height} orientation={orientation}
      theme={theme} displayMode={panel.options.displayMode} valueDisplayMode={panel.options.valueMode} namePlacement={panel.options.namePlacement}
      showUnfilled={panel.options.showUnfilled} itemSpacing={8} alignmentFactors={alignmentFactors} text={panel.options.text} />, { minVizHeight: 16, maxVizHeight: 28 }),
  timeseries: (panel, frames, width, height) =>
    <TimeSeries frames={frames} timeRange={range} timeZone="utc" width={width} height={height} legend={panel.options.legend} options={{}} />,
  table: (panel, frames, width, height) =>
    <TableNG data={frames[0]} width={width} height={height} cellHeight={panel.options.cellHeight} sortBy={panel.options.sortBy} fieldConfig={config(panel)} noValue={panel.fieldConfig?.defaults?.noValue} timeRange={range} enableVirtualization={false} />,
}

function repeated(panel, frames, width, height, render, more = {}) {
  const values = () => getFieldDisplayValues({
    fieldConfig: config(panel), reduceOptions: panel.options.reduceOptions, replaceVariables: (s) => s, theme, data: frames, timeZone: 'utc', sparkline: true,
  })
  const orientation = panel.options.orientation === 'horizontal' || panel.options.orientation === 'vertical' ? panel.options.orientation : width > height ? 'vertical' : 'horizontal'
  return <VizRepeater getValues={values} renderValue={render} width={width} height={height} source={frames} orientation={orientation} itemSpacing={8} {...more}
    getAlignmentFactors={(all) => all.reduce((most, v) => ({ title: longer(most.title, v.display.title), text: longer(most.text, (v.display.prefix ?? '') + v.display.text + (v.display.suffix ?? '')) }), { title: '', text: '' })} />
}
const longer = (a, b) => ((b ?? '').length > a.length ? b : a)

class Guard extends React.Component {
  state = {}
  static getDerivedStateFromError(error) { return { error } }
  render() { return this.state.error ? <pre style={{ color: 'red' }}>{String(this.state.error.stack)}</pre> : this.props.children }
}

const cell = 38, column = (1280 - 24) / 24
function Panel({ panel, frames }) {
  const { x, y, w, h } = panel.gridPos
  const box = { position: 'absolute', left: 12 + x * column + 4, top: 52 + (y - firstRow) * cell, width: w * column - 8, height: h * cell - 8 }
  const empty = frames.length === 0 || frames.every((f) => f.length === 0)
  return <div style={box}>
    <PanelChrome title={panel.title} description={panel.description} width={box.width} height={box.height}>
      {(width, height) => <Guard>{empty ? none(panel) : draw[panel.type]?.(panel, frames, width, height) ?? none(panel)}</Guard>}
    </PanelChrome>
  </div>
}

function Row({ panel }) {
  return <div style={{ position: 'absolute', left: 20, top: 52 + (panel.gridPos.y - firstRow) * cell + 4, fontSize: 16, fontWeight: 500, color: theme.colors.text.primary }}>
    {panel.collapsed ? '› ' : '⌄ '}{panel.title}
  </div>
}

const dashboard = await (await fetch('/' + params.get('file'))).json()
values.product = (await answer(`${prometheus}/api/v1/query?query=group+by+(product)+(strata_source_up)`))[0].metric.product
const inside = (p) => p.gridPos.y >= firstRow && p.gridPos.y < lastRow
const loaded = await Promise.all(dashboard.panels.filter(inside).map((p) => (p.type === 'row' ? { panel: p } : load(p))))
const rows = Math.max(...loaded.map(({ panel }) => panel.gridPos.y + panel.gridPos.h)) - firstRow
createRoot(document.getElementById('root')).render(
  <ThemeContext.Provider value={theme}>
    <GlobalStyles />
    <PanelContextProvider value={{ eventBus: new EventBusSrv(), onInstanceStateChange() {} }}>
      <div style={{ position: 'relative', width: 1280, height: 52 + rows * cell + 8, background: theme.colors.background.canvas, fontFamily: theme.typography.fontFamily, color: theme.colors.text.primary }}>
        <div style={{ padding: '14px 20px', fontSize: 18, fontWeight: 500 }}>{dashboard.title}
          <span style={{ fontSize: 13, fontWeight: 400, color: theme.colors.text.secondary, marginLeft: 24 }}>Product <b>{values.product}</b>{dashboard.templating.list.some((v) => v.name === 'team') && <> · Team <b>All</b></>} · last {params.get('minutes') ?? 10} minutes</span>
        </div>
        {loaded.map(({ panel, frames }) => panel.type === 'row' ? <Row key={'r' + panel.gridPos.y} panel={panel} /> : <Panel key={panel.title} panel={panel} frames={frames} />)}
      </div>
    </PanelContextProvider>
  </ThemeContext.Provider>)
document.title = `height ${52 + rows * cell + 8}`
