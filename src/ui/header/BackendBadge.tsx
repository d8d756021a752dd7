import { Badge, Popover, Radio, UnstyledButton } from '@mantine/core'
import type { BackendChoice, BackendName } from '../../experiment/experiment'
import type { BackendInfo } from '../../protocol/trainer'
import { useApp, useAppStore } from '../useApp'
import classes from './header.module.css'

const titles: Record<BackendChoice, string> = {
  auto: 'Automatic',
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  cpu: 'JavaScript',
}
const order: BackendName[] = ['webgpu', 'wasm', 'cpu']

/** What the run computes on and why; the choice can be made by hand. */
export function BackendBadge() {
  const { run, backends, failed } = useAppStore(({ run, backends, status }) => ({
    run,
    backends,
    failed: status === 'failed',
  }))
  const info = backends.find(({ name }) => name === run?.backend)
  const detail = info ? (isSoftwareGpu(info) ? 'software' : info.detail) : ''
  const threads = run?.backend === 'wasm' ? `, ${run.threads} ${run.threads === 1 ? 'thread' : 'threads'}` : ''
  const name = run ? titles[run.backend] : failed ? 'Not running' : 'Starting'
  const words = detail ? `${name} · ${detail}${threads}` : name
  return (
    <Popover width={320} trapFocus>
      <Popover.Target>
        <UnstyledButton className={classes.badge} title={words} aria-label={run ? `Runs on ${name}` : 'Backend'}>
          <span className={run ? classes.dotOn : classes.dot} />
          <span className={classes.badgeText}>{words}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <BackendChoices backends={backends} />
      </Popover.Dropdown>
    </Popover>
  )
}

function BackendChoices({ backends }: { backends: BackendInfo[] }) {
  const { store } = useApp()
  const { choice, reason } = useAppStore((state) => ({
    choice: state.experiment.backend,
    reason: state.run?.backendReason,
  }))
  return (
    <>
      <h2>Computes on</h2>
      {reason && <p className={classes.reason}>{reason}</p>}
      <Radio.Group
        aria-label="Backend"
        value={choice}
        onChange={(value) => {
          const backend = [...order, 'auto' as const].find((name) => name === value)
          if (backend) store.getState().edit((experiment) => ({ ...experiment, backend }))
        }}
      >
        <Radio
          className={classes.choice}
          value="auto"
          label={titles.auto}
          description="WebGPU on a graphics card, WebAssembly otherwise"
        />
        {order.map((name) => (
          <BackendChoiceRow key={name} name={name} info={backends.find((backend) => backend.name === name)} />
        ))}
      </Radio.Group>
    </>
  )
}

function BackendChoiceRow({ name, info }: { name: BackendName; info: BackendInfo | undefined }) {
  return (
    <Radio
      className={classes.choice}
      value={name}
      disabled={!info?.available}
      label={
        <>
          {titles[name]}
          {info && isSoftwareGpu(info) && (
            <Badge className={classes.software} size="xs" variant="default" tt="none">
              software
            </Badge>
          )}
        </>
      }
      description={info?.available ? info.detail : (info?.reason ?? 'Not looked for yet')}
    />
  )
}

/** An adapter that computes on the CPU: slower than the CPU path itself, so it is marked. */
function isSoftwareGpu({ name, software }: BackendInfo): boolean {
  return name === 'webgpu' && software
}
