using Azker.Core.Configuration;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Azker.Core.Tests.Configuration;

/// <summary>The data directory of a Functions app, whose host restarts when a directory is created in the app's root.</summary>
public sealed class FunctionsDirectoryTests : IDisposable
{
    private readonly TempDirectory _root = new();

    public void Dispose() => _root.Dispose();

    [Theory]
    [InlineData("data")]
    [InlineData(".")]
    [InlineData("../{root}/data")]
    public void A_directory_in_the_root_of_the_app_is_a_fault(string directory)
    {
        string full = Path.GetFullPath(_root[directory.Replace("{root}", Path.GetFileName(_root.FullPath), StringComparison.Ordinal)]);

        OptionsValidationException error = Assert.Throws<OptionsValidationException>(() => Read(full));

        Assert.Equal(
            $"DATA_DIR: '{full}' is in the directory of the Functions app, and the host restarts when a directory is created there; "
            + "leave it out, or give a directory elsewhere, such as /tmp/azker.",
            Assert.Single(error.Failures));
    }

    [Theory]
    [InlineData("../beside")]
    [InlineData("../{root}2/data")]
    public void A_directory_beside_the_root_is_used(string directory)
    {
        string full = Path.GetFullPath(_root[directory.Replace("{root}", Path.GetFileName(_root.FullPath), StringComparison.Ordinal)]);

        Assert.Equal(full, Read(full).Storage.DataDirectory);
    }

    [Fact]
    public void Without_DATA_DIR_a_directory_of_an_earlier_run_is_used_on_but_not_in_the_root_of_a_Functions_app()
    {
        string name = $"bot-{Guid.NewGuid():N}";
        string used = Path.GetFullPath(Path.Combine("data", name));
        Directory.CreateDirectory(used);
        File.WriteAllText(Path.Combine(used, "bot.lock"), "");
        try
        {
            Assert.Equal(used, DefaultDataDirectory.Of(name, botId: 1, appRoot: null));
            Assert.EndsWith(Path.Combine("azker", "1"), DefaultDataDirectory.Of(name, botId: 1, Path.GetFullPath(".")), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(used, recursive: true);
        }
    }

    private AzkerOptions Read(string directory)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new(SettingNames.TelegramBotToken, Settings.Token), new(SettingNames.DataDirectory, directory)])
            .Build();
        return new ServiceCollection()
            .AddAzkerOptions(Options.DefaultName, configuration, options => options.Storage.AppRoot = _root.FullPath)
            .BuildServiceProvider()
            .GetRequiredService<IOptions<AzkerOptions>>().Value;
    }
}
