using System.Reflection;
using System.Text.RegularExpressions;
using Azker.Conventions.Tests.Shared;

namespace Azker.Conventions.Tests.Rooms;

public partial class RoomTests
{
    private static readonly string[] Hosts =
        ["Microsoft.AspNetCore", "Microsoft.Azure.Functions", "Microsoft.Azure.WebJobs", "System.CommandLine", "System.Console", "Spectre.Console", "Azker."];

    private readonly Assembly _core = Assembly.Load("Azker.Core");

    [Fact]
    public void Rooms_of_Core_use_lower_rooms_only() =>
        Findings.AreNone(Arrows.Against(_core, RoomMap.Core), "A room of Azker.Core uses rooms of a lower level only.");

    [Fact]
    public void Every_namespace_of_Core_is_a_room() =>
        Findings.AreNone(
            Reflected.Written(_core).Where(type => RoomMap.Core.Find(type) is null).Select(type => $"{type.Namespace}: {type.Name}"),
            "Every namespace of Azker.Core is a room of the map.");

    [Fact]
    public void Every_namespace_of_Core_is_the_folder_of_its_file() =>
        Findings.AreNone(
            from file in CoreFiles()
            let space = NamespaceOf(file)
            where !space.StartsWith("Microsoft.", StringComparison.Ordinal) && space != file.Folder.Replace('/', '.')
            select $"{file.Path}: {space}",
            "A file of Azker.Core lies in the folder of its namespace.");

    /// <summary>The compiler copies a constant, so that the compiled code does not say where it comes from. A using directive does.</summary>
    [Fact]
    public void Files_of_Core_name_lower_rooms_only_in_their_usings() =>
        Findings.AreNone(
            from file in CoreFiles()
            let room = RoomMap.Core.Find(NamespaceOf(file))
            from name in Usings().Matches(file.Read()).Select(match => match.Groups["name"].Value)
            let used = RoomMap.Core.Find(name) ?? RoomMap.Core.Find(name[..Math.Max(0, name.LastIndexOf('.'))])
            where room is null || used is null || !room.MayUse(used)
            select $"{file.Path}: {room} -> {name}",
            "A file of Azker.Core uses rooms of a lower level only.");

    [Fact]
    public void Core_knows_no_host() =>
        Findings.AreNone(
            _core.GetReferencedAssemblies().Select(reference => reference.Name!)
                .Where(name => Hosts.Any(host => name.StartsWith(host, StringComparison.Ordinal))),
            "Azker.Core refers neither to ASP.NET Core nor to Functions nor to a console.");

    [Fact]
    public void A_wrong_map_has_findings()
    {
        string[] findings = [.. Arrows.Against(_core, RoomMap.Core.Reversed())];

        Assert.Contains("Health -> Status: HealthReporter -> ReceiverStatus", findings);
        Assert.Contains("Locking.PidFile -> Locking: PidFileLock -> IInstanceLock", findings);
    }

    private static IEnumerable<RepositoryFile> CoreFiles() => Repository.Files("Azker.Core", "*.cs");

    private static string NamespaceOf(RepositoryFile file) => Namespaces().Match(file.Read()).Groups["name"].Value;

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespaces();

    [GeneratedRegex(@"^(?:global )?using (?:static )?(?:\w+ = )?(?<name>Azker\.Core\.[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Usings();
}
