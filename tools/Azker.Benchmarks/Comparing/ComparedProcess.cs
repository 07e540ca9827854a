using System.Diagnostics;
using System.Globalization;

namespace Azker.Benchmarks.Comparing;

/// <summary>One of the compared programs, in a process of its own, until it has measured itself.</summary>
internal sealed class ComparedProcess : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _output = [];

    private ComparedProcess(Process process)
    {
        _process = process;
        Measured = ReadAsync();
    }

    /// <summary>The process's own measurement. It fails with the output of the process when the process ends without one.</summary>
    public Task<(double Cpu, double Wall, double Bytes)> Measured { get; }

    public static ComparedProcess Start(string program, IEnumerable<KeyValuePair<string, string>> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["program", program, .. arguments])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach ((string name, string value) in settings)
        {
            start.Environment[name] = value;
        }

        return new ComparedProcess(Process.Start(start)!);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    private async Task<(double Cpu, double Wall, double Bytes)> ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(UpdateCount.Mark, StringComparison.Ordinal))
            {
                double[] values = [.. line[UpdateCount.Mark.Length..].Split(' ').Select(value => double.Parse(value, CultureInfo.InvariantCulture))];
                return (values[0], values[1], values[2]);
            }

            _output.Add(line);
        }

        throw new InvalidOperationException($"The program ended without a measurement.\n{string.Join('\n', _output)}");
    }
}
