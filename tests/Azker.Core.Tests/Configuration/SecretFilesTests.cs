using Azker.Core.Configuration;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Options;

namespace Azker.Core.Tests.Configuration;

/// <summary>Secrets that come from files.</summary>
public sealed class SecretFilesTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Token_secrets_and_proxy_come_from_files_without_the_line_break_at_the_end()
    {
        AzkerOptions options = AzkerOptions.Read(Settings.Of(
            ("TELEGRAM_BOT_TOKEN_FILE", Write("token", Settings.Token + "\n")),
            ("WEBHOOK_SECRET_FILE", Write("secret", "one\r\n")),
            ("WEBHOOK_SECRET_PREVIOUS_FILE", Write("previous", "two")),
            ("TELEGRAM_PROXY_FILE", Write("proxy", "socks5://u:p@proxy.example.com:1080\n"))));

        Assert.Equal(Settings.Token, options.Bot.Token.Reveal());
        Assert.Equal(("one", "two"), (options.Webhook.Secret, options.Webhook.PreviousSecret));
        Assert.Equal("socks5://u:p@proxy.example.com:1080", options.Network.TelegramProxy?.OriginalString);
    }

    [Theory]
    [InlineData(null, "does not exist, or cannot be read")]
    [InlineData(" \n", "is empty")]
    public void A_faulty_file_is_one_fault_that_names_its_path(string? text, string wrong)
    {
        string path = text is null ? _directory["token"] : Write("token", text);

        OptionsValidationException error = Assert.Throws<OptionsValidationException>(() => AzkerOptions.Read(Settings.Of(("TELEGRAM_BOT_TOKEN_FILE", path))));

        Assert.Equal([$"TELEGRAM_BOT_TOKEN: the file '{path}' of TELEGRAM_BOT_TOKEN_FILE {wrong}; give the path of a file with the value alone."], error.Failures);
    }

    [Fact]
    public void A_file_that_is_too_large_is_a_fault()
    {
        string path = Write("secret", new string('a', 20_000));

        Assert.Contains("is too large for a secret", Fault(("WEBHOOK_SECRET_FILE", path)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_and_a_file_are_a_fault_that_shows_neither() => Assert.Equal(
        "WEBHOOK_SECRET: it is set, and so is WEBHOOK_SECRET_FILE; keep one of the two settings.",
        Fault(("WEBHOOK_SECRET", "top-secret"), ("WEBHOOK_SECRET_FILE", Write("secret", "one"))));

    private static string Fault(params (string Name, string? Value)[] settings) =>
        Assert.Single(Assert.Throws<OptionsValidationException>(() => Settings.Read(settings)).Failures);

    private string Write(string name, string text)
    {
        File.WriteAllText(_directory[name], text);
        return _directory[name];
    }
}
