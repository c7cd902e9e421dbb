import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.messages.Message;
import com.adobe.epubcheck.messages.Severity;
import com.adobe.epubcheck.api.EPUBLocation;
import com.adobe.epubcheck.util.DefaultReportImpl;
import java.io.File;

/** epubcheck over many books in one go: its own command takes one, and spends most of its time on starting. A line for each message. */
class Check {
  public static void main(String[] books) {
    for (String book : books) {
      DefaultReportImpl report = new DefaultReportImpl(book) {
        @Override
        public void message(Message message, EPUBLocation location, Object... args) {
          boolean counts = message.getSeverity().equals(Severity.FATAL) || message.getSeverity().equals(Severity.ERROR) || message.getSeverity().equals(Severity.WARNING);
          if (counts) System.out.println(message.getSeverity() + " " + message.getID() + " " + location + ": " + message.getMessage(args));
        }
      };
      new EpubCheck(new File(book), report).doValidate();
      System.out.println("checked " + book);
    }
  }
}
