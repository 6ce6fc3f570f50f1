import { CornerDownLeft } from "lucide-react";
import type { Ref } from "react";
import { cn } from "./cn";
import type { CommandItem } from "./command-item";

type CommandListProps = {
  ref: Ref<HTMLDivElement>;
  id: string;
  groups: { label: string; items: CommandItem[] }[];
  active?: CommandItem;
  optionId: (item: CommandItem) => string;
  onOpen: (item: CommandItem) => void;
  onActivate: (item: CommandItem) => void;
};

export function CommandList(props: CommandListProps) {
  const { ref, id, groups, active, optionId, onOpen, onActivate } = props;
  return (
    <div
      ref={ref}
      id={id}
      role="listbox"
      aria-label="Results"
      tabIndex={-1}
      className={cn("min-h-0 overflow-y-auto p-2", groups.length === 0 && "hidden")}
    >
      {groups.map((group) => (
        <div key={group.label} role="group" aria-label={group.label}>
          <p aria-hidden="true" className="px-2 pt-2 pb-1 font-medium text-muted text-xs">
            {group.label}
          </p>
          {group.items.map((item) => {
            const isActive = item === active;
            return (
              <div
                key={item.id}
                id={optionId(item)}
                role="option"
                aria-selected={isActive}
                onClick={() => onOpen(item)}
                onPointerMove={() => !isActive && onActivate(item)}
                className={cn(
                  "flex min-h-9 cursor-default items-center gap-3 rounded-md px-2",
                  isActive && "bg-sunken",
                )}
              >
                <span className="min-w-0 flex-1 truncate">{item.label}</span>
                {item.hint && (
                  <span className="min-w-0 max-w-[50%] truncate text-[13px] text-muted">{item.hint}</span>
                )}
                <CornerDownLeft
                  aria-hidden="true"
                  className={cn("size-3.5 shrink-0 text-muted", !isActive && "invisible")}
                />
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}
