namespace Azker.Functions.Tests.Hosting;

/// <summary>A Functions app that was built.</summary>
/// <param name="Directory">The folder of the app.</param>
/// <param name="Assembly">The file name of the assembly to run.</param>
internal sealed record WorkerApp(string Directory, string Assembly);
