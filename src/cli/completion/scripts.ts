/** The shells that Hermes completes in, and what each of them is to run. */
export const SHELLS = ["bash", "zsh", "fish"] as const;

export type Shell = (typeof SHELLS)[number];

/** A line that stands for the files that there are. */
export const FILES = ":files";

/**
 * The function that a shell calls at Tab. Each asks `hermes completion SHELL -- WORD…`, which
 * answers a line for each word that can stand there, with its explanation behind a tab.
 */
export const scripts: Readonly<Record<Shell, string>> = {
  bash: `# Completion of hermes in bash. Once: source <(hermes completion bash)
_hermes() {
  local line=\${COMP_LINE:0:COMP_POINT} words typed sign part found before=
  IFS=$' \\t' read -r -a words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=('')
  typed=\${words[\${#words[@]}-1]}
  # bash takes an address for several words and replaces the last of them, a @ with it.
  for sign in @ : =; do
    [[ $COMP_WORDBREAKS == *"$sign"* && $typed == *"$sign"* ]] || continue
    part=\${typed%"$sign"*}\${sign#@}
    ((\${#part} > \${#before})) && before=$part
  done
  COMPREPLY=()
  while IFS=$'\\t' read -r found _; do
    if [[ $found == ${FILES} ]]; then
      compopt -o default
    else
      COMPREPLY+=("\${found#"$before"}")
    fi
  done < <("$1" completion bash -- "\${words[@]:1}" 2>/dev/null)
}
complete -F _hermes hermes
`,
  zsh: `#compdef hermes
# Completion of hermes in zsh. Once: source <(hermes completion zsh)
_hermes() {
  local line word about
  local -a found
  for line in "\${(@f)$("\${words[1]}" completion zsh -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
    if [[ $line == ${FILES} ]]; then
      _files
    elif [[ -n $line ]]; then
      word=\${line%%$'\\t'*}
      about=\${\${line#$word}#$'\\t'}
      found+=("\${word//:/\\\\:}\${about:+:$about}")
    fi
  done
  (( $#found )) && _describe -V hermes found
}
if [[ $funcstack[1] == _hermes ]]; then
  _hermes "$@"
else
  compdef _hermes hermes
fi
`,
  fish: `# Completion of hermes in fish. Once: hermes completion fish | source
function __hermes_completion
    set -l words (commandline -opc) (commandline -ct)
    for line in ($words[1] completion fish -- $words[2..-1] 2>/dev/null)
        if test "$line" = ${FILES}
            __fish_complete_path (commandline -ct)
        else
            echo $line
        end
    end
end
complete -c hermes -k -f -a '(__hermes_completion)'
`,
};
