using System.CommandLine;
using Azker.PollingFallback.Language;

namespace Azker.PollingFallback.Output;

/// <summary><c>--json</c>: the output for programs.</summary>
internal static class JsonOption
{
    public static Option<bool> Create() => new("--json") { Description = Texts.JsonOption };
}
