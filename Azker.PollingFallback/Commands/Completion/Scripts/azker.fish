# Completion of COMMAND in fish. To use it in each shell, write it to a file:
#   COMMAND completion fish > ~/.config/fish/completions/COMMAND.fish
function __FUNCTION
    set --local words (commandline --cut-at-cursor --tokenize)
    set --local current (commandline --cut-at-cursor --current-token)
    set --local text (string join ' ' -- $words[2..-1] "$current")
    set --local length (string length -- "$text")
    $words[1] "[suggest:$length]" "$text" 2>/dev/null
end
complete --command COMMAND --arguments '(__FUNCTION)'
