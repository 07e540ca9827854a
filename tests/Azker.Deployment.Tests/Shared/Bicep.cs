using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;
using Azker.Core.Tests.Readme;

namespace Azker.Deployment.Tests.Shared;

/// <summary>The Bicep compiler, as its package has it.</summary>
internal static class Bicep
{
    private static readonly Lazy<(JsonObject Template, string Messages)> Compiled = new(Compile);

    /// <summary>The ARM template of infra/main.bicep.</summary>
    public static JsonObject Template => Compiled.Value.Template;

    /// <summary>The errors and warnings of the compiler and its linter.</summary>
    public static string Messages => Compiled.Value.Messages;

    private static (JsonObject Template, string Messages) Compile()
    {
        string compiler = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(fact => fact.Key == "Bicep").Value!;
        if (OperatingSystem.IsWindows())
        {
            compiler += ".exe";
        }
        else
        {
            // A package has no execute bit for everyone.
            File.SetUnixFileMode(compiler, File.GetUnixFileMode(compiler) | UnixFileMode.UserExecute);
        }

        var start = new ProcessStartInfo(compiler, ["build", Path.Combine(Pages.Root, "infra/main.bicep"), "--stdout"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The compiler extracts files of its own below the home directory of the user, which a build may not have.
        start.Environment["DOTNET_BUNDLE_EXTRACT_BASE_DIR"] = Path.Combine(AppContext.BaseDirectory, "bicep");
        using Process process = Process.Start(start)!;
        Task<string> messages = process.StandardError.ReadToEndAsync();
        string template = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (template.Length == 0 ? [] : JsonNode.Parse(template)!.AsObject(), messages.Result);
    }
}
