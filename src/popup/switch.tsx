// A labelled on/off switch: a native checkbox, so that keyboard and screen reader come for free.
interface SwitchProps {
  label: string;
  detail?: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}

export function Switch({ label, detail, checked, disabled = false, onChange }: SwitchProps) {
  return (
    <label class="switch">
      <span class="switch-text">
        {label}
        {detail !== undefined && <small>{detail}</small>}
      </span>
      <input
        type="checkbox"
        role="switch"
        aria-label={detail === undefined ? label : `${label}: ${detail}`}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </label>
  );
}
