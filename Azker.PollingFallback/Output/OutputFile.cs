using System.CommandLine;
using System.Text;
using Azker.PollingFallback.Language;

namespace Azker.PollingFallback.Output;

/// <summary><c>--output</c>: the file of an export. It is whole or not there, and never replaces another file.</summary>
internal static class OutputFile
{
    public static Option<string> CreateOption() => new("--output", "-o") { Description = Texts.OutputOption, HelpName = "FILE" };

    /// <param name="path">The file.</param>
    /// <param name="write">Writes the lines, and returns their number.</param>
    /// <exception cref="ExportException">The file cannot be written.</exception>
    public static async Task<int> WriteAsync(string path, Func<TextWriter, Task<int>> write)
    {
        try
        {
            var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            try
            {
                await using var writer = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
                return await write(writer);
            }
            catch
            {
                // A reader cannot tell a partial export from a complete export.
                File.Delete(path);
                throw;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ExportException(path, error);
        }
    }
}
