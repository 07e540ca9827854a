using System.Diagnostics;

namespace Azker.Azurite;

/// <summary>The npm package of Azurite, in the version that <c>tools/azurite/package-lock.json</c> names.</summary>
internal static class AzuritePackage
{
    private const string EntryPoint = "node_modules/azurite/dist/src/azurite.js";
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(200);

    /// <summary>Installs the package, unless this version is already installed.</summary>
    /// <returns>The script to run with Node.</returns>
    public static async Task<string> InstallAsync(CancellationToken cancellationToken)
    {
        string directory = Find();
        string script = Path.Combine(directory, EntryPoint);
        string stamp = Path.Combine(directory, "node_modules", ".installed-lock.json");
        await using FileStream turn = await TakeTurnAsync(Path.Combine(directory, "node_modules.lock"), cancellationToken);
        string wanted = await File.ReadAllTextAsync(Path.Combine(directory, "package-lock.json"), cancellationToken);
        if (!File.Exists(script) || !File.Exists(stamp) || await File.ReadAllTextAsync(stamp, cancellationToken) != wanted)
        {
            await RunNpmAsync(directory, cancellationToken);
            await File.WriteAllTextAsync(stamp, wanted, cancellationToken);
        }

        return script;
    }

    private static string Find()
    {
        for (DirectoryInfo? directory = new(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            string candidate = Path.Combine(directory.FullName, "tools", "azurite");
            if (File.Exists(Path.Combine(candidate, "package-lock.json")))
            {
                return candidate;
            }
        }

        throw new InvalidOperationException($"No directory above {AppContext.BaseDirectory} has tools/azurite/package-lock.json. Run the program from its build output in the repository.");
    }

    /// <summary>Waits for the right to install: test programs run side by side, and two installations into one directory destroy each other.</summary>
    private static async Task<FileStream> TakeTurnAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(LockPoll, TimeProvider.System, cancellationToken);
            }
        }
    }

    private static async Task RunNpmAsync(string directory, CancellationToken cancellationToken)
    {
        string npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        using Process process = Start(new ProcessStartInfo(npm, ["ci", "--omit=dev", "--no-audit", "--no-fund"])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        string errors = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"npm ci in {directory} ended with exit code {process.ExitCode}:\n{await output}\n{errors}");
        }
    }

    public static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException(
                $"'{start.FileName}' cannot be started ({e.Message}). Azurite needs Node.js 20 or later with npm. Install both and add them to the PATH.", e);
        }
    }
}
