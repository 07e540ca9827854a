using System.Text.RegularExpressions;
using Azker.Conventions.Tests.Shared;

namespace Azker.Conventions.Tests.Words;

public partial class WordTests
{
    [Fact]
    public void Log_messages_are_full_sentences_in_the_words_of_the_project() =>
        Findings.AreNone(
            LogMessage.All.SelectMany(message => Offences(message).Concat(ForbiddenWord.In(message.Prose))).Order(StringComparer.Ordinal),
            "A log message says in the project's words what happens, and ends with a full stop. A duration reads as 0.5 s.");

    [Fact]
    public void Comments_literals_and_pages_use_the_words_of_the_project() =>
        Findings.AreNone(
            Repository.Files("", "*.cs").SelectMany(SourceProse.Of)
                .Concat(Repository.Files("", "*.md").Select(PageProse.Of))
                .SelectMany(ForbiddenWord.In),
            "The texts use the project's words.");

    private static IEnumerable<string> Offences(LogMessage message)
    {
        string place = $"{message.Prose.File.Path}:{message.Prose.Line}";
        if (!message.Attribute.Message.EndsWith('.') && !EndsWithSentence().IsMatch(message.Attribute.Message))
        {
            yield return $"{place}: [no full stop] {message.Attribute.Message}";
        }

        foreach (string? name in message.Durations.Select(parameter => parameter.Name))
        {
            yield return $"{place}: [TimeSpan {name}; say: the seconds] {message.Attribute.Message}";
        }
    }

    /// <summary>The values of these placeholders are whole sentences, with their own full stop.</summary>
    [GeneratedRegex(@"\{(Reason|Fault|Error)\}$")]
    private static partial Regex EndsWithSentence();
}
