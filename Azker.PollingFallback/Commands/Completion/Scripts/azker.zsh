#compdef COMMAND
# Completion of COMMAND in zsh. To use it in each shell, add this line to ~/.zshrc, after compinit:
#   eval "$(COMMAND completion zsh)"
_FUNCTION() {
    local text="${(j: :)words[2,CURRENT]}"
    local -a found
    found=("${(@f)$("${words[1]}" "[suggest:${#text}]" "$text" 2>/dev/null)}")
    found=(${found:#})
    if (( ${#found} )); then
        compadd -a found
    else
        _files
    fi
}
compdef _FUNCTION COMMAND
