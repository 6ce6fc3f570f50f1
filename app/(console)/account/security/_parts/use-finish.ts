import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "@/app/_components/toast";

/** After a change: shows the codes that came with it, or says that it is done and closes. */
export function useFinish(done: string, onClose: () => void) {
  const router = useRouter();
  const [codes, setCodes] = useState<readonly string[]>();

  function finish(made: readonly string[]) {
    if (made.length > 0) return setCodes(made);
    toast.success(done);
    router.refresh();
    onClose();
  }

  return { codes, finish };
}
