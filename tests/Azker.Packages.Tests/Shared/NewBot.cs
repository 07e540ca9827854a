namespace Azker.Packages.Tests.Shared;

/// <summary>A bot that the template has created, with the commands that the README quotes.</summary>
internal sealed class NewBot
{
    public const string Install = "dotnet new install Azker.Templates";
    public const string Create = "dotnet new azker-bot -n MyBot";
    public const string Test = "dotnet test";
    public const string Run = "dotnet run --project src/MyBot.Console";

    /// <summary>The fixture has built the bot.</summary>
    private const string NoBuild = "--no-build";

    private readonly string _parent;
    private readonly (string Name, string Value)[] _environment;

    private NewBot(string parent, (string Name, string Value) packageFolder)
    {
        _parent = parent;

        // The templates of the user who runs the tests stay as they are.
        _environment =
        [
            packageFolder,
            ("DOTNET_CLI_HOME", Path.Combine(parent, "home")),
            ("DOTNET_GENERATE_ASPNET_CERTIFICATE", "false"),
        ];
    }

    public string Directory => Path.Combine(_parent, "MyBot");

    public IEnumerable<string> Projects => System.IO.Directory.GetFiles(Directory, "*.csproj", SearchOption.AllDirectories);

    /// <param name="parent">The directory that gets the bot.</param>
    /// <param name="version">The version of the template.</param>
    /// <param name="packageFolder">The variable that names the folder of the packages that NuGet restores.</param>
    public static async Task<NewBot> CreateAsync(string parent, string version, (string Name, string Value) packageFolder)
    {
        var bot = new NewBot(parent, packageFolder);
        await bot.RunAsync(parent, $"{Install}@{version}");
        await bot.RunAsync(parent, Create);
        return bot;
    }

    /// <summary>Creates a bot of another name beside this bot.</summary>
    /// <returns>The directory of the new bot.</returns>
    public async Task<string> CreateOtherAsync(string name)
    {
        await RunAsync(_parent, Create.Replace("MyBot", name, StringComparison.Ordinal));
        return Path.Combine(_parent, name);
    }

    public Task<string> TestAsync() => RunAsync(Directory, $"{Test} {NoBuild}");

    public Task<SampleProcess> StartConsoleAsync(params (string Name, string Value)[] settings) =>
        SampleProcess.StartAsync(Directory, $"{Run} {NoBuild}".Split(' ')[1..], [.. _environment, .. settings]);

    private Task<string> RunAsync(string directory, string command) => new DotnetCli(directory, _environment).RunAsync(command.Split(' ')[1..]);
}
