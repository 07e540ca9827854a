using Azker.Core.Infrastructure;
using EchoBot;

namespace Azker.Core.Tests.Infrastructure;

public sealed class LoggedErrorTests
{
    private static readonly SecretMask Mask = new(["the secret"]);

    [Fact]
    public async Task The_stack_ends_with_the_code_of_the_application()
    {
        LoggedError logged = await Fail(() => FailingBot.AnswerAsync("abc"));

        string[] lines = logged.ToString().Split(Environment.NewLine);
        Assert.Equal("System.InvalidOperationException: The bot cannot answer 'abc' with ***. Give a number.", lines[0]);
        Assert.StartsWith("   at EchoBot.FailingBot.AnswerAsync(String text)", lines[1], StringComparison.Ordinal);
        Assert.Equal(" ---> System.FormatException: The input string 'abc' was not in a correct format.", lines[2]);
        Assert.StartsWith("   at EchoBot.FailingBot.AnswerAsync(String text)", lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(nameof(LoggedErrorTests), logged.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_message_and_the_stack_are_those_of_the_error_itself()
    {
        LoggedError logged = await Fail(() => FailingBot.AnswerAsync("abc"));

        Assert.Equal("The bot cannot answer 'abc' with ***. Give a number.", logged.Message);
        Assert.StartsWith("   at EchoBot.FailingBot.AnswerAsync(String text)", logged.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_without_code_of_the_application_has_no_stack()
    {
        LoggedError logged = await Fail(() => Task.FromException(new ArgumentNullException("update")));

        Assert.Equal("System.ArgumentNullException: Value cannot be null. (Parameter 'update')", logged.ToString());
    }

    [Fact]
    public void A_message_without_end_is_cut_off() =>
        Assert.Equal(800, new LoggedError(new InvalidOperationException(new string('x', 10_000)), Mask.Apply).Message.Length);

    /// <summary>Catches the error itself, since the test framework would add frames that are not of Azker.</summary>
    private static async Task<LoggedError> Fail(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (Exception error)
        {
            return new LoggedError(error, Mask.Apply);
        }

        throw new InvalidOperationException("The call did not fail.");
    }
}
