using Azker.Core.Tests.Shared;
using Azker.PollingFallback.Settings;

namespace Azker.PollingFallback.Tests.Settings;

public sealed class SettingsFilesTests : IDisposable
{
    private const string Name = "AZKER_SETTINGS_FILES_TESTS";

    private readonly TempDirectory _directory = new();

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Name, null);
        _directory.Dispose();
    }

    [Fact]
    public void The_environment_goes_before_dotenv_and_dotenv_before_local_settings()
    {
        Write("local.settings.json", $$"""{ "IsEncrypted": false, "Values": { "{{Name}}": "local" } }""");
        Assert.Equal("local", Read(Name));
        Write(".env", $"{Name}=dotenv");
        Assert.Equal("dotenv", Read(Name));
        Environment.SetEnvironmentVariable(Name, "environment");
        Assert.Equal("environment", Read(Name));
    }

    [Fact]
    public void No_settings_file_is_needed() => Assert.Null(Read(Name));

    [Fact]
    public void A_connection_string_passes_through_both_files_whole()
    {
        const string value = "DefaultEndpointsProtocol=http;AccountName=dev;AccountKey=Eby8vdM02x/K1SZF+PTOtr==;BlobEndpoint=http://127.0.0.1:10000/dev;";
        Write(".env", $"# storage\nAzureWebJobsStorage={value}\n");
        Write("local.settings.json", $$"""{ "Values": { "Other": "{{value}}" } }""");

        Assert.Equal(value, Read("AzureWebJobsStorage"));
        Assert.Equal(value, Read("Other"));
    }

    [Fact]
    public void Two_underscores_in_a_file_separate_as_they_do_in_the_environment()
    {
        Write(".env", "AzureWebJobsStorage__blobServiceUri=https://a.example.com");
        Write("local.settings.json", """{ "Values": { "Logging__LogLevel__Default": "Debug" } }""");

        Assert.Equal("https://a.example.com", Read("AzureWebJobsStorage:blobServiceUri"));
        Assert.Equal("Debug", Read("Logging:LogLevel:Default"));
    }

    [Fact]
    public void Of_a_name_in_two_forms_the_last_counts()
    {
        Write(".env", "HTTPS_PROXY=http://a:1\nhttps_proxy=http://b:2\nA__B=1\nA:B=2");
        Write("local.settings.json", """{ "Values": { "C__D": "1", "C:D": "2" } }""");

        Assert.Equal(("http://b:2", "2"), (Read("HTTPS_PROXY"), Read("A:B")));
        Assert.NotNull(Read("C:D"));
    }

    [Theory]
    [InlineData(".env", "A='top-secret", "line 1 begins a value with ', and no ' ends it")]
    [InlineData(".env", "\nA=\"1\" top-secret", "line 2 has text behind the \" that ends the value")]
    [InlineData(".env", "A=\"\\xtop-secret\"", "line 1 has a \\ in double quotes that is not ")]
    [InlineData(".env", "A B=top-secret", "line 1 is not of the form NAME=value")]
    [InlineData(".env", "=top-secret", "line 1 is not of the form NAME=value")]
    [InlineData(".env", "A=1\nthis is not a setting\nTELEGRAM_BOT_TOKEN=top-secret", "line 2 is not of the form NAME=value")]
    [InlineData("local.settings.json", "{ \"Values\": { \"TELEGRAM_BOT_TOKEN\": \"top-secret\" ", "")]
    public void A_malformed_file_is_named_without_its_text(string name, string text, string wrong)
    {
        Write(name, text);

        SettingsFileException error = Assert.Throws<SettingsFileException>(() => Read(Name));

        Assert.Contains(_directory[name], error.Message, StringComparison.Ordinal);
        Assert.Contains(wrong, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("top-secret", error.Message, StringComparison.Ordinal);
    }

    private void Write(string name, string text) => File.WriteAllText(_directory[name], text);

    private string? Read(string name) => SettingsFiles.Read(_directory.FullPath)[name];
}
