using Azker.Processes;

namespace Azker.Chaos.Parties;

/// <summary>How a party's process is started, the first time and every other.</summary>
internal sealed record Launch(string Program, string Directory, IReadOnlyDictionary<string, string> Settings, IReadOnlyList<string> Arguments)
{
    public ChildProcess Start() => ChildProcess.Start(Program, Directory, Settings, Arguments);
}
