using Azker.Processes;

namespace Azker.Chaos.Parties;

/// <summary>The arguments and the environment with which each process of a party starts.</summary>
internal sealed record Launch(string Program, string Directory, IReadOnlyDictionary<string, string> Settings, IReadOnlyList<string> Arguments)
{
    public ChildProcess Start() => ChildProcess.Start(Program, Directory, Settings, Arguments);
}
