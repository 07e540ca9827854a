# Completion of COMMAND in bash. To use it in each shell, add this line to ~/.bashrc:
#   eval "$(COMMAND completion bash)"
_FUNCTION() {
    local text="${COMP_LINE:0:COMP_POINT}"
    text="${text#"${COMP_WORDS[0]}"}"
    text="${text# }"
    local IFS=$'\n'
    COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${#text}]" "$text" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _FUNCTION COMMAND
