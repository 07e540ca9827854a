using System.Text;
using Azker.BotApi.Requests;

namespace Azker.BotApi.Tests.Requests;

public sealed class JsonArgumentsTests
{
    [Fact]
    public void Strings_are_taken_as_they_are_and_other_values_as_their_text()
    {
        RequestArguments arguments = Read("""{"text":"a\nb","chat_id":-5,"flag":true,"array":["a", 1],"object":{"a": 1},"nothing":null}""");
        Assert.Equal("a\nb", arguments["text"]);
        Assert.Equal("-5", arguments["chat_id"]);
        Assert.Equal("true", arguments["flag"]);
        Assert.Equal("""["a", 1]""", arguments["array"]);
        Assert.Equal("""{"a": 1}""", arguments["object"]);
        Assert.Equal("", arguments["nothing"]);
    }

    [Fact]
    public void A_syntax_error_leaves_the_arguments_before_it()
    {
        RequestArguments arguments = Read("""{"offset":5,"limit":3 "timeout":9}""");
        Assert.Equal("5", arguments["offset"]);
        Assert.Equal("", arguments["timeout"]);
    }

    [Fact]
    public void The_first_of_equal_names_wins() => Assert.Equal("1", Read("""{"a":1,"a":2}""")["a"]);

    [Theory]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("nonsense")]
    public void Anything_but_an_object_has_no_arguments(string json) => Assert.Equal("", Read(json)["a"]);

    private static RequestArguments Read(string json)
    {
        var arguments = new RequestArguments();
        JsonArguments.AddTo(arguments, Encoding.UTF8.GetBytes(json));
        return arguments;
    }
}
