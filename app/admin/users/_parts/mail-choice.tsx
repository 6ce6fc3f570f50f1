import { Checkbox } from "@/app/_components/checkbox";

type MailChoiceProps = { isChosen: boolean; onChange: (isChosen: boolean) => void };

export const MailChoice = ({ isChosen, onChange }: MailChoiceProps) => (
  <Checkbox
    label="Send it by mail"
    hint="You are shown the link as well. Where no mail server is set, the mail is kept on the page Mail."
    checked={isChosen}
    onChange={(event) => onChange(event.target.checked)}
  />
);
